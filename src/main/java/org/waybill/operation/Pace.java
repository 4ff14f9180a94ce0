package org.waybill.operation;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import org.jspecify.annotations.Nullable;

/** No more than so many items in any second. */
final class Pace {
  private static final Duration SECOND = Duration.ofSeconds(1);

  private final @Nullable Integer ratePerSecond;
  private final Deque<Begun> lately = new ArrayDeque<>();
  private int count;

  private record Begun(int items, Instant at) {}

  Pace(@Nullable Integer ratePerSecond) {
    this.ratePerSecond = ratePerSecond;
  }

  /** How many items may begin now. */
  int available(Instant now) {
    if (ratePerSecond == null) {
      return Integer.MAX_VALUE;
    }
    for (Begun oldest = lately.peekFirst();
        oldest != null && !now.isBefore(oldest.at().plus(SECOND));
        oldest = lately.peekFirst()) {
      count -= oldest.items();
      lately.removeFirst();
    }
    return ratePerSecond - count;
  }

  void began(int items, Instant now) {
    if (ratePerSecond != null) {
      lately.addLast(new Begun(items, now));
      count += items;
    }
  }

  /** How long none may begin, when none may now. */
  Duration untilNext(Instant now) {
    Begun oldest = lately.peekFirst();
    return oldest == null ? Duration.ZERO : Duration.between(now, oldest.at().plus(SECOND));
  }
}
