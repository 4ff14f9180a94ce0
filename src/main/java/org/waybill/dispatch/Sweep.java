package org.waybill.dispatch;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.waybill.task.Delivery;
import org.waybill.task.LaneRange;

/**
 * Goes through a queue for deliveries that belong into another one by now, a page at a time,
 * without sending: also when its gateway is away or does not exist.
 */
final class Sweep {
  private static final int PAGE = 500;

  /** After so long nobody commits rows routed by the former address book any more. */
  private static final Duration STALE = Duration.ofSeconds(5);

  private static final Duration READ_ALL_EVERY = Duration.ofMinutes(10);

  private final List<LaneCursor> cursors = LaneCursor.ofAllLanes(READ_ALL_EVERY);
  private boolean begun;
  private @Nullable Instant againAt;

  /** The address book has changed, or what the former owner saw of it is not known. */
  void restart(Instant now) {
    begin();
    againAt = now.plus(STALE);
  }

  private void begin() {
    cursors.forEach(LaneCursor::restart);
    begun = true;
    againAt = null;
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
    if (againAt != null && !now.isBefore(againAt)) {
      begin();
    }
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
