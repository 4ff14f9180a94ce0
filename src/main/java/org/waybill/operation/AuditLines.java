package org.waybill.operation;

import org.jspecify.annotations.Nullable;
import org.waybill.access.Audit;
import org.waybill.operation.Operation.Progress;

/**
 * What the audit log says of operations: one line when it starts, one a word of an operator, one
 * when it ends.
 */
final class AuditLines {
  private AuditLines() {}

  static Audit.Entry started(long id, NewOperation wish, Selection selection) {
    Integer rate = wish.ratePerSecond();
    String detail =
        wish.kind()
            + " of "
            + (selection.isLeast() ? "at least " : "")
            + selection.total()
            + " items"
            + (wish.limit() == null ? "" : ", a trial of " + wish.limit())
            + (rate == null ? "" : ", " + rate + " a second")
            + "; filter "
            + wish.filter();
    return new Audit.Entry(wish.by(), "operation.start", subject(id), wish.reason(), detail);
  }

  static Audit.Entry steered(long id, OperationState state, String who) {
    String action =
        switch (state) {
          case PAUSED -> "operation.pause";
          case RUNNING -> "operation.resume";
          case CANCELLED -> "operation.cancel";
          case DONE, FAILED -> throw new IllegalArgumentException("No operator's word: " + state);
        };
    return new Audit.Entry(who, action, subject(id), null, null);
  }

  static Audit.Entry rate(long id, @Nullable Integer before, @Nullable Integer now, String who) {
    String detail = "from " + rate(before) + " to " + rate(now);
    return new Audit.Entry(who, "operation.rate", subject(id), null, detail);
  }

  private static String rate(@Nullable Integer perSecond) {
    return perSecond == null ? "as fast as it goes" : perSecond + " a second";
  }

  /** In the name of whoever started it. */
  static Audit.Entry ended(Operation operation) {
    Progress progress = operation.progress();
    String detail =
        "%s: of %d items %d were processed, %d succeeded, %d failed"
            .formatted(
                operation.kind(),
                operation.total(),
                progress.processed(),
                progress.succeeded(),
                progress.failed());
    String problem = operation.problem() == null ? "" : ". " + operation.problem();
    return new Audit.Entry(
        operation.by(),
        "operation." + operation.state().word(),
        subject(operation.id()),
        operation.reason(),
        detail + problem);
  }

  private static String subject(long id) {
    return "operation " + id;
  }
}
