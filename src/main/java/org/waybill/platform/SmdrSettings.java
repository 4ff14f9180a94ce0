package org.waybill.platform;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/** What this server was told of Avaya systems that send it call records. */
public final class SmdrSettings {
  /** What {@code WAYBILL_SMDR_LAYOUT} may be. */
  public static final List<String> LAYOUTS =
      List.of(
          "simple",
          "teleseer",
          "isdn-teleseer",
          "printer",
          "expanded",
          "int-isdn",
          "unformatted",
          "ipoffice",
          "custom");

  private final Settings settings;

  SmdrSettings(Settings settings) {
    this.settings = settings;
  }

  /** By which Avaya call records come in; none: no port is opened for them. */
  public List<SmdrLink> links() {
    List<SmdrLink> links = new ArrayList<>();
    Optional<Integer> port = settings.optional(SettingNames.SMDR_PORT);
    Optional<Integer> owner = settings.optional(SettingNames.SMDR_ORG);
    Optional<String> layout = settings.optional(SettingNames.SMDR_LAYOUT);
    if (port.isPresent() && owner.isPresent() && layout.isPresent()) {
      links.add(new SmdrLink(null, port.get(), owner.get(), layout.get()));
    }
    links.addAll(settings.optional(SettingNames.SMDR_LINKS).orElse(List.of()));
    return links;
  }

  /** Of lines that come another way and do not say it. */
  public String layout() {
    return settings.required(SettingNames.SMDR_LAYOUT);
  }

  /** The columns of the layout {@code custom}; empty when there is none. */
  public List<SmdrColumn> custom() {
    return settings.optional(SettingNames.SMDR_CUSTOM).orElse(List.of());
  }

  /** Whether date records name the month first. */
  public boolean monthFirst() {
    return settings.required(SettingNames.SMDR_DATE_ORDER);
  }

  /** After which a connection that sends nothing is closed; none: never. */
  public Optional<Duration> idleTimeout() {
    return settings.optional(SettingNames.SMDR_IDLE_TIMEOUT);
  }

  void contradictions(List<String> problems) {
    if (settings.optional(SettingNames.SMDR_PORT).isPresent()
        && settings.optional(SettingNames.SMDR_ORG).isEmpty()
        && problems.stream().noneMatch(problem -> problem.startsWith("WAYBILL_SMDR_ORG "))) {
      problems.add(
          "WAYBILL_SMDR_PORT is set without WAYBILL_SMDR_ORG; set the rmOrgID of its calls as well.");
    }
    List<SmdrLink> links = links();
    boolean custom = links.stream().anyMatch(link -> link.layout().equals("custom"));
    if ((custom || "custom".equals(settings.optional(SettingNames.SMDR_LAYOUT).orElse("")))
        && settings.optional(SettingNames.SMDR_CUSTOM).isEmpty()
        && problems.stream().noneMatch(problem -> problem.startsWith("WAYBILL_SMDR_CUSTOM "))) {
      problems.add(
          "The layout custom is asked for without WAYBILL_SMDR_CUSTOM; set its columns as well.");
    }
    Set<String> names = new HashSet<>();
    for (SmdrLink link : links) {
      if (link.port() != 0 && !names.add(link.name())) {
        problems.add(link.name() + " is asked for twice; give each link another port.");
      }
    }
  }

  static String parseLayout(String text) {
    String name = text.toLowerCase(Locale.ROOT);
    if (!LAYOUTS.contains(name)) {
      throw new IllegalArgumentException("set one of " + String.join(", ", LAYOUTS));
    }
    return name;
  }

  static boolean parseDateOrder(String text) {
    return switch (text.toUpperCase(Locale.ROOT)) {
      case "MMDD" -> true;
      case "DDMM" -> false;
      default -> throw new IllegalArgumentException("set MMDD or DDMM");
    };
  }
}
