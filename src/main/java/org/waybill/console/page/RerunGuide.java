package org.waybill.console.page;

import org.jspecify.annotations.Nullable;
import org.waybill.operation.Operation;
import org.waybill.operation.OperationState;
import org.waybill.report.ErrorGroup;
import org.waybill.report.RerunBacklog;

/**
 * The way from many failed tasks to none: which they are, a few first, and then the rest.
 *
 * @param query which they are
 * @param count how many match now; null while the rest is worked on
 * @param group their cause, where they are asked for by it
 * @param trial the few, once they were tried
 * @param rest the others, once that was begun
 */
record RerunGuide(
    Query query,
    @Nullable Act count,
    ErrorGroup.@Nullable Told group,
    @Nullable Trial trial,
    @Nullable Rest rest) {
  private static final int WITHOUT_REASON = 100;

  /**
   * @param waiting deliveries of it, and of other re-runs
   */
  record Rest(Operation operation, RerunBacklog.Waiting waiting) {
    boolean isUnderWay() {
      return operation.state() == OperationState.RUNNING
          || operation.state() == OperationState.PAUSED
          || waiting.deliveries() > 0;
    }

    String waitingWords() {
      return Show.number(waiting.deliveries()) + (waiting.isLeast() ? " or more" : "");
    }
  }

  /** What is wrong with what was asked for; null when nothing is. */
  @Nullable String problem() {
    return count == null || count.done() ? null : count.sentence();
  }

  boolean isNone() {
    return count != null && count.done() && matching() == 0;
  }

  String counted() {
    return count == null ? "" : BulkForm.counted(count);
  }

  boolean needsReason() {
    return matching() > WITHOUT_REASON;
  }

  private long matching() {
    return count == null || count.answer() == null
        ? 0
        : count.answer().getJsonNumber("matching").longValue();
  }
}
