package org.waybill.collect;

import java.time.Duration;

/** A moment on this machine's monotonic clock until which a sender waits for its answer. */
public record Deadline(long nanoTime) {
  public static Deadline in(Duration duration) {
    return new Deadline(System.nanoTime() + duration.toNanos());
  }

  public boolean isOver() {
    return nanosLeft() == 0;
  }

  long nanosLeft() {
    return Math.max(0, nanoTime - System.nanoTime());
  }
}
