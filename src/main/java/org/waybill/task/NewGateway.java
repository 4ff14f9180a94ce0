package org.waybill.task;

import java.net.URI;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A gateway about to enter the address book.
 *
 * @param kind {@code storage}, {@code analytics} or {@code smtp}
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

  public static final int DEFAULT_MAX_IN_FLIGHT = 32;
  private static final Set<String> HTTP = Set.of("http", "https");
  private static final Set<String> SMTP = Set.of("smtp", "smtps");
  private static final Set<String> KINDS = Set.of("storage", "analytics", "smtp");

  /**
   * @throws IllegalArgumentException with a sentence for the operator
   */
  public NewGateway {
    if (!KINDS.contains(kind)) {
      throw new IllegalArgumentException(
          "A gateway's kind is storage, analytics or smtp, but this is '" + kind + "'.");
    }
    Set<String> schemes = "smtp".equals(kind) ? SMTP : HTTP;
    String scheme = url.getScheme() == null ? "" : url.getScheme().toLowerCase(Locale.ROOT);
    if (!schemes.contains(scheme) || url.getHost() == null) {
      throw new IllegalArgumentException(
          "The url of a gateway of kind "
              + kind
              + " begins with "
              + ("smtp".equals(kind) ? "smtp:// or smtps://" : "http:// or https://")
              + " and a host name.");
    }
    if (maxInFlight < 1 || (ratePerSecond != null && ratePerSecond < 1)) {
      throw new IllegalArgumentException("The limits of a gateway are 1 or more.");
    }
  }

  /** One of everybody's, with the usual limits. */
  public static NewGateway general(String kind, URI url) {
    return new NewGateway(kind, null, url, null, null, DEFAULT_MAX_IN_FLIGHT, null);
  }

  /** Without credentials. */
  @Override
  public String toString() {
    return "a gateway of kind " + kind + ", " + MaskedUrl.of(url);
  }
}
