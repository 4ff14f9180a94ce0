package org.waybill.gateway;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * How long a delivery waits after its first, second, … failure, and when it has failed for good.
 */
public final class RetrySchedule {
  /** Longer wishes of a gateway are cut to this. */
  static final Duration LONGEST_RETRY_AFTER = Duration.ofHours(1);

  /** By what part a wait may be shorter or longer. */
  public static final double JITTER = 0.2;

  private final List<Duration> waits;
  private final RandomGenerator random;

  public RetrySchedule(List<Duration> waits, RandomGenerator random) {
    this.waits = List.copyOf(waits);
    this.random = random;
  }

  /**
   * The wait before the next attempt, or nothing when the schedule is used up.
   *
   * @param failures attempts used so far, the one just made included: 1 or more
   * @param retryAfter what the gateway asked for: waited for in full, up to an hour
   */
  public Optional<Duration> waitAfter(int failures, @Nullable Duration retryAfter) {
    if (failures < 1) {
      throw new IllegalArgumentException("A wait follows a failure, but failures is " + failures);
    }
    if (failures > waits.size()) {
      return Optional.empty();
    }
    Duration wait = jittered(waits.get(failures - 1));
    return Optional.of(retryAfter == null ? wait : longer(wait, clamped(retryAfter)));
  }

  static Duration clamped(Duration retryAfter) {
    return retryAfter.compareTo(LONGEST_RETRY_AFTER) > 0 ? LONGEST_RETRY_AFTER : retryAfter;
  }

  // Deliveries that failed together must not all come back together.
  private Duration jittered(Duration wait) {
    double factor = 1 - JITTER + 2 * JITTER * random.nextDouble();
    return Duration.ofMillis(Math.round(wait.toMillis() * factor));
  }

  private static Duration longer(Duration a, Duration b) {
    return a.compareTo(b) >= 0 ? a : b;
  }
}
