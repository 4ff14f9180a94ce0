package org.waybill.call.feed;

import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/** How long a feed is left alone that failed some times in a row. */
final class BackOff {
  private static final Duration LONGEST = Duration.ofMinutes(5);
  private static final Duration LONGEST_WISH = Duration.ofHours(1);
  private static final int MOST_DOUBLINGS = 20;
  private static final double JITTER = 0.2;

  private final Duration interval;
  private final RandomGenerator random;

  /**
   * @param interval between two polls when all is well
   */
  BackOff(Duration interval, RandomGenerator random) {
    this.interval = interval;
    this.random = random;
  }

  /**
   * Doubling, up to five minutes or the usual interval if that is longer; jittered, so that feeds
   * that failed together do not all come back together. A wish of the platform is waited for in
   * full, up to an hour.
   *
   * @param failures in a row, 1 or more
   */
  Duration after(int failures, @Nullable Duration wish) {
    Duration doubled = interval.multipliedBy(1L << Math.min(failures, MOST_DOUBLINGS));
    Duration wait = longer(interval, shorter(doubled, LONGEST));
    double factor = 1 - JITTER + 2 * JITTER * random.nextDouble();
    Duration jittered = Duration.ofMillis(Math.round(wait.toMillis() * factor));
    return wish == null ? jittered : longer(jittered, shorter(wish, LONGEST_WISH));
  }

  /**
   * The Retry-After header: seconds or an HTTP-date (RFC 9110, 10.2.3). Null when it is neither.
   */
  static @Nullable Duration retryAfter(String header, Instant now) {
    String text = header.strip();
    if (text.matches("[0-9]+")) {
      return text.length() > 6 ? LONGEST_WISH : Duration.ofSeconds(Long.parseLong(text));
    }
    try {
      Instant until = ZonedDateTime.parse(text, DateTimeFormatter.RFC_1123_DATE_TIME).toInstant();
      return longer(Duration.ZERO, Duration.between(now, until));
    } catch (DateTimeException e) {
      return null;
    }
  }

  private static Duration longer(Duration a, Duration b) {
    return a.compareTo(b) >= 0 ? a : b;
  }

  private static Duration shorter(Duration a, Duration b) {
    return a.compareTo(b) <= 0 ? a : b;
  }
}
