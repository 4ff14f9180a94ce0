package org.waybill.dispatch;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import org.jspecify.annotations.Nullable;

/** No more than so many sends in any second. */
final class RateLimit {
  private static final Duration SECOND = Duration.ofSeconds(1);

  private final Deque<Instant> lately = new ArrayDeque<>();

  /** How many sends may begin now. */
  int available(@Nullable Integer ratePerSecond, Instant now) {
    if (ratePerSecond == null) {
      lately.clear();
      return Integer.MAX_VALUE;
    }
    while (!lately.isEmpty() && !now.isBefore(lately.getFirst().plus(SECOND))) {
      lately.removeFirst();
    }
    return Math.max(0, ratePerSecond - lately.size());
  }

  void began(@Nullable Integer ratePerSecond, Instant now) {
    if (ratePerSecond != null) {
      lately.addLast(now);
    }
  }

  /** When the next send may begin, if none may now. */
  @Nullable Instant nextAt() {
    Instant oldest = lately.peekFirst();
    return oldest == null ? null : oldest.plus(SECOND);
  }
}
