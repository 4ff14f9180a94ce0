package org.waybill.operation;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import org.jspecify.annotations.Nullable;

/** No more than so many items in any second. */
final class Pace {
  private static final Duration SECOND = Duration.ofSeconds(1);

  private @Nullable Integer ratePerSecond;
  private final Deque<Begun> lately = new ArrayDeque<>();
  private int count;

  private record Begun(int items, Instant at) {}

  Pace(@Nullable Integer ratePerSecond) {
    this.ratePerSecond = ratePerSecond;
  }

  /** What counts from now on; what began lately still does. */
  void limit(@Nullable Integer newRatePerSecond) {
    ratePerSecond = newRatePerSecond;
  }

  /** How many items may begin now. */
  int available(Instant now) {
    for (Begun oldest = lately.peekFirst();
        oldest != null && !now.isBefore(oldest.at().plus(SECOND));
        oldest = lately.peekFirst()) {
      count -= oldest.items();
      lately.removeFirst();
    }
    return ratePerSecond == null ? Integer.MAX_VALUE : ratePerSecond - count;
  }

  void began(int items, Instant now) {
    lately.addLast(new Begun(items, now));
    count += items;
  }

  /** How long none may begin, when none may now. */
  Duration untilNext(Instant now) {
    Begun oldest = lately.peekFirst();
    return oldest == null ? Duration.ZERO : Duration.between(now, oldest.at().plus(SECOND));
  }
}
