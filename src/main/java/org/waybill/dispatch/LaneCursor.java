package org.waybill.dispatch;

import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.waybill.task.Delivery;
import org.waybill.task.LaneRange;
import org.waybill.task.Place;

/**
 * How far a lane has been read. What lies behind is in memory or settled, so a read goes on where
 * the last one ended and never walks over deleted rows again. A transaction may commit rows after
 * later ones were read, so short stretches behind are looked at again: seconds at each read, a
 * minute every few seconds, everything now and then.
 */
final class LaneCursor {
  static final Duration JUST_NOW = Duration.ofSeconds(2);
  static final Duration LATELY = Duration.ofSeconds(60);
  static final Duration LOOK_BACK_EVERY = Duration.ofSeconds(5);

  private final int lane;
  private final Duration readAllEvery;
  private Instant due = Instant.EPOCH;
  private @Nullable Long task;
  private boolean more = true;
  private Instant nextLookBack = Instant.EPOCH;
  private Instant nextReadAll = Instant.EPOCH;

  LaneCursor(int lane, Duration readAllEvery) {
    this.lane = lane;
    this.readAllEvery = readAllEvery;
  }

  /** A cursor for each lane of a queue. */
  static List<LaneCursor> ofAllLanes(Duration readAllEvery) {
    return IntStream.range(0, Place.LANES)
        .mapToObj(lane -> new LaneCursor(lane, readAllEvery))
        .toList();
  }

  /** Everything is looked at again: after an owner's change, or a change of routes. */
  void restart() {
    nextReadAll = Instant.EPOCH;
    more = true;
  }

  /** Whether the last read ended because it had enough. */
  boolean hasMore() {
    return more;
  }

  /**
   * The stretch to be read next.
   *
   * @param wanted how many rows that are not held
   * @param held those of this lane that are in memory, which a look back meets again
   */
  LaneRange next(Instant now, int wanted, Collection<Delivery> held) {
    if (!now.isBefore(nextReadAll)) {
      nextReadAll = now.plus(readAllEvery);
      nextLookBack = now.plus(LOOK_BACK_EVERY);
      return from(Instant.EPOCH, now, wanted, held);
    }
    Long last = task;
    if (more && last != null) {
      int again = (int) held.stream().filter(delivery -> delivery.taskId() == last).count();
      return new LaneRange(lane, due, last, now, wanted + again);
    }
    Duration back = JUST_NOW;
    if (!now.isBefore(nextLookBack)) {
      nextLookBack = now.plus(LOOK_BACK_EVERY);
      back = LATELY;
    }
    return from(due.minus(back), now, wanted, held);
  }

  private LaneRange from(Instant from, Instant now, int wanted, Collection<Delivery> held) {
    int again = (int) held.stream().filter(row -> !row.place().dueAt().isBefore(from)).count();
    return new LaneRange(lane, from, null, now, wanted + again);
  }

  /** Takes note of what the stretch held. */
  void read(LaneRange range, List<Delivery> rows) {
    more = rows.size() >= range.limit();
    if (more) {
      Delivery last = rows.get(rows.size() - 1);
      due = last.place().dueAt();
      task = last.taskId();
    } else {
      due = range.until();
      task = null;
    }
  }
}
