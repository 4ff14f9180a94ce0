package org.waybill.platform;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A way by which Avaya call records come in: a port of ours to which the switch connects, or one of
 * the switch to which we do.
 *
 * @param host the switch's; null where it connects to us
 * @param port 0, only where it connects to us, for a free one
 * @param rmOrgId whose its calls are
 * @param layout of its lines
 */
public record SmdrLink(@Nullable String host, int port, int rmOrgId, String layout) {
  /** A port of ours, or host:port of a switch; the organization; the layout. */
  private static final Pattern LINK =
      Pattern.compile(
          "(?:(?<host>[^\\s/,]+):)?(?<port>[0-9]{1,5})/(?<org>[0-9]{1,9})(?:/(?<layout>[^/]+))?");

  public SmdrLink {
    if (port < 0 || port > 65_535 || (port == 0 && host != null) || rmOrgId < 1) {
      throw new IllegalArgumentException("There is no link to port " + port + " of " + rmOrgId);
    }
  }

  /** As which it stands in metrics, traces and lists: {@code smdr:9000}, {@code smdr:pbx:8808}. */
  public String name() {
    return host == null ? "smdr:" + port : "smdr:" + host + ":" + port;
  }

  /** As {@code WAYBILL_SMDR_LINKS} has them, with commas between. */
  static List<SmdrLink> list(String text) {
    List<SmdrLink> links = new ArrayList<>();
    for (String element : text.split(",", -1)) {
      if (!element.isBlank()) {
        links.add(parse(element.strip()));
      }
    }
    return List.copyOf(links);
  }

  private static SmdrLink parse(String text) {
    Matcher link = LINK.matcher(text);
    if (!link.matches()) {
      throw new IllegalArgumentException(
          "set links separated by commas, each port/rmOrgID/layout to be called, such as"
              + " 9001/1001/teleseer, or host:port/rmOrgID/layout to call, such as"
              + " pbx.example:8808/1002/ipoffice");
    }
    String layout = link.group("layout");
    try {
      return new SmdrLink(
          link.group("host"),
          Integer.parseInt(link.group("port")),
          Integer.parseInt(link.group("org")),
          layout == null ? "simple" : SmdrSettings.parseLayout(layout));
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException(
          "in "
              + text
              + " set a port up to 65535 that is there, a rmOrgID and one of the layouts "
              + String.join(", ", SmdrSettings.LAYOUTS),
          e);
    }
  }
}
