package org.waybill.access.oidc;

import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Knows what the provider tells of itself, from the first sign-in on: the server starts without it.
 * While it is away, what was read last serves on, and those who wait at the login page hear of it
 * at once instead of each trying anew.
 */
final class Discovery {
  private static final Duration FRESH = Duration.ofHours(1);
  private static final Duration LEFT_ALONE = Duration.ofSeconds(3);

  private final URI issuer;
  private final ProviderClient client;
  private final Clock clock;
  private volatile @Nullable Known known;
  private volatile @Nullable Failure failure;

  private record Known(Provider provider, Instant until) {}

  private record Failure(String reason, Instant until) {}

  Discovery(URI issuer, ProviderClient client, Clock clock) {
    this.issuer = issuer;
    this.client = client;
    this.clock = clock;
  }

  /**
   * @throws ProviderAway when it was never read and cannot be
   */
  Provider provider() {
    Known now = known;
    if (now != null && now.until().isAfter(clock.instant())) {
      return now.provider();
    }
    Failure last = failure;
    if (last != null && last.until().isAfter(clock.instant())) {
      return lastKnown(now, last.reason());
    }
    try {
      URI place = URI.create(issuer.toString().replaceAll("/$", "") + Provider.METADATA);
      String body = client.get(place);
      Provider read = Provider.read(new ProviderClient.Answer(200, body).json(place), issuer);
      known = new Known(read, clock.instant().plus(FRESH));
      failure = null;
      return read;
    } catch (ProviderAway e) {
      failure = new Failure(String.valueOf(e.getMessage()), clock.instant().plus(LEFT_ALONE));
      return lastKnown(now, String.valueOf(e.getMessage()));
    }
  }

  private static Provider lastKnown(@Nullable Known known, String reason) {
    if (known == null) {
      throw new ProviderAway(reason);
    }
    return known.provider();
  }
}
