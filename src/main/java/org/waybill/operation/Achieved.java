package org.waybill.operation;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import org.jspecify.annotations.Nullable;

/**
 * How many items a second an operation does, over the last ten seconds or since its last stretch.
 */
final class Achieved {
  private static final Duration SPAN = Duration.ofSeconds(10);

  private final Deque<Mark> marks = new ArrayDeque<>();

  private record Mark(long done, Instant at) {}

  Achieved(Instant now) {
    marks.add(new Mark(0, now));
  }

  void did(int items, Instant now) {
    marks.addLast(new Mark(marks.getLast().done() + items, now));
    Mark first = marks.removeFirst();
    while (marks.size() > 1 && marks.getFirst().at().isBefore(now.minus(SPAN))) {
      first = marks.removeFirst();
    }
    marks.addFirst(first);
  }

  /** Null before anything can be said. */
  @Nullable Double perSecond() {
    Mark first = marks.getFirst();
    Mark last = marks.getLast();
    long millis = Duration.between(first.at(), last.at()).toMillis();
    return millis <= 0 ? null : 1000.0 * (last.done() - first.done()) / millis;
  }
}
