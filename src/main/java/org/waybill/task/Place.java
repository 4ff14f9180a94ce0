package org.waybill.task;

import java.time.Instant;

/**
 * Where a delivery stands: the head of the hot table's primary key, which is the order of claiming.
 *
 * @param queue a gateway's id, or {@link Gateway#NONE}
 * @param lane 0 high, 1 medium, 2 low, 3 bulk re-run
 */
public record Place(int queue, int lane, Instant dueAt) {
  public static final int LANES = 4;
  public static final int BULK = 3;

  public Place dueAt(Instant time) {
    return new Place(queue, lane, time);
  }
}
