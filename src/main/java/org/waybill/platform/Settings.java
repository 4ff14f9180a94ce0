package org.waybill.platform;

import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** What this server was told, read once at start and never changed. */
public final class Settings {
  private static final String PREFIX = "WAYBILL_";

  private final Map<Setting<?>, Object> values = new LinkedHashMap<>();
  private final Map<Setting<?>, String> texts = new LinkedHashMap<>();

  private Settings() {}

  /**
   * Reads every setting, or throws with all that is wrong at once.
   *
   * @param lookup the text of a property such as {@code waybill.http.port}, null when it is not set
   * @param names all names that the source holds, in either spelling; those of others are ignored
   */
  public static Settings from(Function<String, @Nullable String> lookup, Collection<String> names) {
    List<String> problems = new ArrayList<>(unknown(names));
    Settings settings = new Settings();
    for (Setting<?> setting : SettingNames.ALL) {
      settings.read(setting, lookup, problems);
    }
    settings.contradictions(problems);
    if (!problems.isEmpty()) {
      throw new SettingsException(problems);
    }
    return settings;
  }

  /** Of this process: environment and system properties, the latter winning. */
  public static Settings ofProcess() {
    Map<String, String> found = new HashMap<>();
    System.getenv().forEach((name, text) -> found.put(SettingNames.canonical(name), text));
    System.getProperties().stringPropertyNames().stream()
        .filter(name -> name.startsWith("waybill."))
        .forEach(name -> found.put(SettingNames.canonical(name), System.getProperty(name)));
    return from(property -> found.get(SettingNames.canonical(property)), found.keySet());
  }

  public int httpPort() {
    return required(SettingNames.HTTP_PORT);
  }

  /** None: no HTTPS. */
  public Optional<Integer> httpsPort() {
    return optional(SettingNames.HTTPS_PORT);
  }

  /** The server's key and certificate; there is one when there is a port. */
  public Path httpsKeystore() {
    return required(SettingNames.HTTPS_KEYSTORE);
  }

  public String httpsKeystorePassword() {
    return required(SettingNames.HTTPS_KEYSTORE_PASSWORD);
  }

  /** Certificates, in PEM, of the authorities whose client certificates are looked at. */
  public Optional<Path> httpsClientCa() {
    return optional(SettingNames.HTTPS_CLIENT_CA);
  }

  public Path dataDir() {
    return required(SettingNames.DATA_DIR);
  }

  /** The external database's; none means the embedded one. */
  public Optional<String> dbUrl() {
    return optional(SettingNames.DB_URL);
  }

  public Optional<String> dbUser() {
    return optional(SettingNames.DB_USER);
  }

  public Optional<String> dbPassword() {
    return optional(SettingNames.DB_PASSWORD);
  }

  /** The embedded database's. */
  public int dbPort() {
    return required(SettingNames.DB_PORT);
  }

  public Optional<String> adminPassword() {
    return optional(SettingNames.ADMIN_PASSWORD);
  }

  public List<URI> storageGateways() {
    return optional(SettingNames.STORAGE_GATEWAYS).orElse(List.of());
  }

  public List<URI> analyticsGateways() {
    return optional(SettingNames.ANALYTICS_GATEWAYS).orElse(List.of());
  }

  /** Waits before retry 1, 2, ...; after the last one a delivery fails. */
  public List<Duration> retrySchedule() {
    return required(SettingNames.RETRY_SCHEDULE);
  }

  /** To reach a gateway. */
  public Duration gatewayConnectTimeout() {
    return required(SettingNames.GATEWAY_CONNECT_TIMEOUT);
  }

  /** For all of a request to a gateway, the last byte of its answer included. */
  public Duration gatewayTimeout() {
    return required(SettingNames.GATEWAY_TIMEOUT);
  }

  public int maxDocumentBytes() {
    return required(SettingNames.MAX_DOCUMENT_BYTES);
  }

  public int retentionDays() {
    return required(SettingNames.RETENTION_DAYS);
  }

  /** Where a switch parks files; none: no directory is watched. */
  public Optional<Path> spoolDir() {
    return optional(SettingNames.SPOOL_DIR);
  }

  /** Whose those of them are that do not say it. */
  public Optional<Integer> spoolOrg() {
    return optional(SettingNames.SPOOL_ORG);
  }

  /** For CDR reports. */
  public ReportSettings reports() {
    return new ReportSettings(this);
  }

  /** For Avaya call records. */
  public SmdrSettings smdr() {
    return new SmdrSettings(this);
  }

  /** For polled feeds. */
  public FeedSettings feeds() {
    return new FeedSettings(this);
  }

  /** For calls that come in pieces. */
  public CallSettings calls() {
    return new CallSettings(this);
  }

  /** A switch is not said to be silent before it has sent nothing for so long. */
  public Duration switchSilence() {
    return required(SettingNames.SWITCH_SILENCE);
  }

  /** Nor before so many of its documents were to be expected meanwhile. */
  public int switchMissed() {
    return required(SettingNames.SWITCH_MISSED);
  }

  /** For people who sign in by an OpenID provider. */
  public OidcSettings oidc() {
    return new OidcSettings(this);
  }

  public Optional<URI> smtpUrl() {
    return optional(SettingNames.SMTP_URL);
  }

  public Optional<String> mailFrom() {
    return optional(SettingNames.MAIL_FROM);
  }

  /** What was set and what is the default, without any secret. */
  @Override
  public String toString() {
    StringBuilder shown = new StringBuilder();
    texts.forEach(
        (setting, text) ->
            shown.append(setting.name()).append('=').append(setting.shown(text)).append('\n'));
    return shown.toString();
  }

  private static List<String> unknown(Collection<String> names) {
    return names.stream()
        .map(SettingNames::canonical)
        .filter(name -> name.startsWith(PREFIX) && !SettingNames.isKnown(name))
        .distinct()
        .sorted()
        .map(
            name ->
                name
                    + " is not a setting of Waybill; "
                    + SettingNames.nearest(name)
                        .map(known -> "did you mean " + known + "?")
                        .orElse("remove it."))
        .toList();
  }

  private void read(
      Setting<?> setting, Function<String, @Nullable String> lookup, List<String> problems) {
    String text = setting.text(lookup);
    if (text == null) {
      return;
    }
    try {
      values.put(setting, setting.parser().parse(text));
      texts.put(setting, text);
    } catch (IllegalArgumentException e) {
      problems.add(
          "%s is \"%s\"; %s.".formatted(setting.name(), setting.shown(text), e.getMessage()));
    }
  }

  private void contradictions(List<String> problems) {
    httpsContradictions(problems);
    smdr().contradictions(problems);
    feeds().contradictions(problems);
    oidc().contradictions(problems);
    if (dbUrl().isPresent() && dbUser().isEmpty()) {
      problems.add("WAYBILL_DB_URL is set without WAYBILL_DB_USER; set the user as well.");
    }
    if (!texts.containsKey(SettingNames.DB_URL)
        && dbUser().isPresent()
        && problems.stream().noneMatch(problem -> problem.startsWith("WAYBILL_DB_URL"))) {
      problems.add(
          "WAYBILL_DB_USER is set without WAYBILL_DB_URL; set the URL, or remove the user to use"
              + " the embedded database.");
    }
  }

  private void httpsContradictions(List<String> problems) {
    List<Setting<?>> needed =
        List.of(
            SettingNames.HTTPS_PORT,
            SettingNames.HTTPS_KEYSTORE,
            SettingNames.HTTPS_KEYSTORE_PASSWORD);
    boolean any = httpsClientCa().isPresent() || needed.stream().anyMatch(texts::containsKey);
    for (Setting<?> setting : needed) {
      if (any
          && !texts.containsKey(setting)
          && problems.stream().noneMatch(problem -> problem.startsWith(setting.name() + " "))) {
        problems.add(setting.name() + " is not set, but HTTPS needs it; set it as well.");
      }
    }
  }

  <T> T required(Setting<T> setting) {
    return optional(setting).orElseThrow();
  }

  @SuppressWarnings("unchecked") // a parser puts only its own type under its own setting
  <T> Optional<T> optional(Setting<T> setting) {
    return Optional.ofNullable((T) values.get(setting));
  }
}
