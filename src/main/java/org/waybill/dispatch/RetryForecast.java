package org.waybill.dispatch;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.waybill.gateway.RetrySchedule;

/**
 * When the attempts of a delivery come that fails at each, counted from its first failure. What a
 * gateway takes to answer, and the wait for its turn, come on top.
 *
 * @param waits before retry 1, 2, …
 * @param attempts all of them, the first one included
 */
public record RetryForecast(List<Duration> waits, List<Attempt> attempts) {
  /**
   * One attempt.
   *
   * @param pause after the failure before; null for the first one
   * @param after the first failure, when every wait is as long as the schedule says
   * @param earliest when each is as short as it may be
   * @param latest when each is as long as it may be
   */
  public record Attempt(
      int number, @Nullable Duration pause, Duration after, Duration earliest, Duration latest) {}

  public static RetryForecast of(List<Duration> waits) {
    List<Attempt> attempts = new ArrayList<>();
    attempts.add(new Attempt(1, null, Duration.ZERO, Duration.ZERO, Duration.ZERO));
    Duration after = Duration.ZERO;
    for (Duration wait : waits) {
      after = after.plus(wait);
      attempts.add(
          new Attempt(
              attempts.size() + 1,
              wait,
              after,
              part(after, 1 - RetrySchedule.JITTER),
              part(after, 1 + RetrySchedule.JITTER)));
    }
    return new RetryForecast(List.copyOf(waits), List.copyOf(attempts));
  }

  /** By what part a wait may be shorter or longer, so that not all come back together. */
  public double jitter() {
    return RetrySchedule.JITTER;
  }

  /** Its failure is final. */
  public Attempt last() {
    return attempts.get(attempts.size() - 1);
  }

  private static Duration part(Duration whole, double factor) {
    return Duration.ofMillis(Math.round(whole.toMillis() * factor));
  }
}
