package org.waybill.dispatch;

import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The batches of one consumer that are not settled, as its queue's owner has them in memory. Sends
 * end on other threads, so all of it is guarded by one lock.
 */
final class ReportDesk {
  /** More than so many that wait to be sent again stop further ones: memory has an end. */
  private static final int MOST = 500;

  private final SortedMap<Long, ReportBatch> outstanding = new TreeMap<>();
  private final Set<Long> underWay = new HashSet<>();
  private Instant lastMade = Instant.EPOCH;

  /** They are so in the database. What was under way still is. */
  synchronized void open(List<ReportBatch> batches, Instant made) {
    lastMade = made;
    outstanding.clear();
    batches.forEach(batch -> outstanding.put(batch.number(), batch));
  }

  /**
   * The first that is due and not under way.
   *
   * @param inOrder whether a batch must be settled before the next one is sent
   */
  synchronized @Nullable ReportBatch due(Instant now, boolean inOrder) {
    for (ReportBatch batch : outstanding.values()) {
      boolean may = !underWay.contains(batch.number()) && !batch.dueAt().isAfter(now);
      if (may || inOrder) {
        return may ? batch : null;
      }
    }
    return null;
  }

  /** Whether a new batch may be made of so many that wait. */
  synchronized boolean isTime(Instant now, int waiting, boolean inOrder, ReportPace pace) {
    boolean room = outstanding.size() < (inOrder ? 1 : MOST);
    return room && waiting > 0 && (waiting >= pace.size() || !now.isBefore(nextAt(pace)));
  }

  /** When the next one that is not full may be made. */
  synchronized Instant nextAt(ReportPace pace) {
    return lastMade.plus(pace.interval());
  }

  synchronized void made(List<ReportBatch> batches) {
    for (ReportBatch batch : batches) {
      outstanding.put(batch.number(), batch);
      lastMade = batch.madeAt();
    }
  }

  synchronized void began(ReportBatch batch) {
    underWay.add(batch.number());
  }

  /**
   * A send is over.
   *
   * @param after how the batch goes on, or null when it is settled
   */
  synchronized void ended(ReportBatch batch, @Nullable ReportBatch after) {
    underWay.remove(batch.number());
    if (after == null) {
      outstanding.remove(batch.number());
    } else {
      outstanding.put(after.number(), after);
    }
  }
}
