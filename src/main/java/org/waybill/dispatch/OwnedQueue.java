package org.waybill.dispatch;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.waybill.task.Delivery;

/** A queue that this node owns, with what only the dispatching thread knows of it. */
final class OwnedQueue {
  private static final Duration LEAST_GAP = Duration.ofMillis(10);
  private static final Duration BUSY_FOR = Duration.ofSeconds(5);

  final GatewayQueue queue;
  final Sweep sweep = new Sweep();
  private final DispatchTimes times;
  private long lookedAt;
  private long busyAt = System.nanoTime();
  private boolean mayHaveWork = true;
  private @Nullable ReportDesk desk;
  private boolean deskIsOpen;

  OwnedQueue(GatewayQueue queue, DispatchTimes times) {
    this.queue = queue;
    this.times = times;
    this.lookedAt = System.nanoTime() - times.idlePoll().toNanos();
  }

  /** The batches of a consumer of reports. */
  ReportDesk desk() {
    if (desk == null) {
      desk = new ReportDesk();
    }
    return desk;
  }

  /** Whether the batches are known. */
  boolean isDeskOpen() {
    return deskIsOpen;
  }

  void openDesk(List<ReportBatch> outstanding, Instant lastMade) {
    outstanding.forEach(batch -> queue.inBatch(batch.keys()));
    desk().open(outstanding, lastMade);
    deskIsOpen = true;
  }

  /** The batches must be read again: it is not certain that these became one. */
  void closeDesk(List<Delivery> taken) {
    deskIsOpen = false;
    queue.forgetBatches(taken);
  }

  /** There may be new rows. */
  void mayHaveWork() {
    mayHaveWork = true;
  }

  /**
   * Whether to look for new rows now. While sends are under way commits share a look: one at each
   * commit would cost more than it finds.
   */
  boolean shouldLook() {
    return untilLook().isZero();
  }

  void looked(boolean found) {
    lookedAt = System.nanoTime();
    mayHaveWork = false;
    if (found) {
      busyAt = lookedAt;
    }
  }

  /** How long until the next look is due. */
  Duration untilLook() {
    Duration gap = mayHaveWork ? (queue.inFlight() == 0 ? Duration.ZERO : LEAST_GAP) : poll();
    Duration left = gap.minusNanos(System.nanoTime() - lookedAt);
    return left.isNegative() ? Duration.ZERO : left;
  }

  private Duration poll() {
    boolean busy = System.nanoTime() - busyAt < BUSY_FOR.toNanos();
    return busy ? times.busyPoll() : times.idlePoll();
  }
}
