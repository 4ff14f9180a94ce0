package org.waybill.task;

import java.net.URI;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A gateway about to enter the address book.
 *
 * @param kind {@code storage}, {@code analytics}, {@code smtp} or {@code report}
 * @param rmOrgId the organization whose own it is, or null for everybody's
 * @param authorization value of the Authorization header, where it wants one
 * @param ratePerSecond how many it is sent a second at the most, where limited
 */
public record NewGateway(
    String kind,
    @Nullable String name,
    URI url,
    @Nullable Integer rmOrgId,
    @Nullable String authorization,
    int maxInFlight,
    @Nullable Integer ratePerSecond) {

  private static final String FILE = "file";

  /** What the URL of each kind may begin with. */
  private static final Map<String, List<String>> SCHEMES =
      Map.of(
          "storage", List.of("http", "https"),
          "analytics", List.of("http", "https"),
          "smtp", List.of("smtp", "smtps"),
          "report", List.of("http", "https", FILE, "sftp"));

  /**
   * @throws IllegalArgumentException with a sentence for the operator
   */
  public NewGateway {
    List<String> schemes = SCHEMES.get(kind);
    if (schemes == null) {
      throw new IllegalArgumentException(
          "A gateway's kind is storage, analytics, smtp or report, but this is '" + kind + "'.");
    }
    String scheme = url.getScheme() == null ? "" : url.getScheme().toLowerCase(Locale.ROOT);
    if (!schemes.contains(scheme) || !leadsSomewhere(scheme, url)) {
      throw new IllegalArgumentException(
          "The url of a gateway of kind "
              + kind
              + " begins with "
              + String.join(":// or ", schemes.stream().filter(s -> !s.equals(FILE)).toList())
              + ":// and a host name"
              + (schemes.contains(FILE) ? ", or is file:///directory." : "."));
    }
    if (maxInFlight < 1 || (ratePerSecond != null && ratePerSecond < 1)) {
      throw new IllegalArgumentException("The limits of a gateway are 1 or more.");
    }
  }

  /** One of everybody's, with the usual limits. */
  public static NewGateway general(String kind, URI url) {
    return new NewGateway(kind, null, url, null, null, usualMaxInFlight(kind), null);
  }

  /** How many requests at once, unless told: a consumer of reports gets batch after batch. */
  public static int usualMaxInFlight(String kind) {
    return kind.equals("report") ? 1 : 32;
  }

  private static boolean leadsSomewhere(String scheme, URI url) {
    if (scheme.equals(FILE)) {
      return url.getRawAuthority() == null && url.getPath() != null && url.getPath().length() > 1;
    }
    return url.getHost() != null;
  }

  /** Without credentials. */
  @Override
  public String toString() {
    return "a gateway of kind " + kind + ", " + MaskedUrl.of(url);
  }
}
