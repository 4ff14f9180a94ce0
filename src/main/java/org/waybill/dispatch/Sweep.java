package org.waybill.dispatch;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.waybill.task.Delivery;
import org.waybill.task.LaneRange;

/**
 * Goes through a queue for deliveries that belong into another one by now, a page at a time,
 * without sending: also when its gateway is away or does not exist.
 */
final class Sweep {
  private static final int PAGE = 500;
  private static final Duration READ_ALL_EVERY = Duration.ofMinutes(10);

  private final List<LaneCursor> cursors = LaneCursor.ofAllLanes(READ_ALL_EVERY);
  private boolean begun;

  /** The address book has changed. */
  void restart() {
    cursors.forEach(LaneCursor::restart);
    begun = true;
  }

  boolean isDone() {
    return !begun || cursors.stream().noneMatch(LaneCursor::hasMore);
  }

  /**
   * The next page.
   *
   * @param all also of lanes whose end was found: something may have joined them
   */
  List<LaneRange> next(boolean all, Instant now) {
    begun |= all;
    List<LaneRange> ranges = new ArrayList<>();
    for (LaneCursor cursor : cursors) {
      if (begun && (all || cursor.hasMore())) {
        ranges.add(cursor.next(now, PAGE, List.of()));
      }
    }
    return ranges;
  }

  void read(List<LaneRange> ranges, List<Delivery> page) {
    for (LaneRange range : ranges) {
      List<Delivery> rows =
          page.stream().filter(row -> row.place().lane() == range.lane()).toList();
      cursors.get(range.lane()).read(range, rows.subList(0, Math.min(rows.size(), range.limit())));
    }
  }
}
