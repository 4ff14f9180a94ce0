package org.waybill.dispatch;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.waybill.task.Settlement;

/** What the send of a batch came to: for the batch, and alike for each of its members. */
final class BatchOutcome implements Recordable {
  private final GatewayQueue queue;
  private final ReportDesk desk;
  private final ReportBatch before;
  private final Ruling ruling;
  private final @Nullable ReportBatch after;
  private List<Settlement> settled = List.of();

  /**
   * @param after how the batch goes on, or null when it is settled
   */
  BatchOutcome(
      GatewayQueue queue,
      ReportDesk desk,
      ReportBatch before,
      Ruling ruling,
      @Nullable ReportBatch after) {
    this.queue = queue;
    this.desk = desk;
    this.before = before;
    this.ruling = ruling;
    this.after = after;
  }

  @Override
  public int size() {
    return before.members().size();
  }

  @Override
  public List<Settlement> settle(Connection connection) throws SQLException {
    // A transaction whose commit was in doubt is run again: then the batch is not as it was.
    boolean first =
        after == null
            ? ReportBatches.delete(connection, before)
            : ReportBatches.update(connection, before, after);
    settled =
        first
            ? ReportBatches.standing(connection, before).stream().map(ruling::ofMember).toList()
            : List.of();
    return settled;
  }

  @Override
  public void recorded(DispatchFigures figures, boolean lost) {
    figures.recorded(settled, ruling.attempt(), lost);
    desk.ended(before, after);
    queue.recordedBatch(after == null ? before.keys() : List.of());
    if (after != null) {
      queue.wakeAt(after.dueAt());
    }
  }
}
