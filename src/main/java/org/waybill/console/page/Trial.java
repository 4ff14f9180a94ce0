package org.waybill.console.page;

import java.time.Instant;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.waybill.operation.ItemOutcome;
import org.waybill.operation.Operation;
import org.waybill.operation.OperationState;
import org.waybill.report.TaskStandings.Standing;
import org.waybill.task.TaskState;

/** A few tasks that were re-run before the others, and what has become of them since. */
record Trial(Operation operation, List<Tried> tasks) {

  /**
   * One of them.
   *
   * @param standing null when it is gone
   */
  record Tried(ItemOutcome outcome, @Nullable Standing standing) {
    String state() {
      return standing == null ? "gone" : standing.state().name().toLowerCase(Locale.ROOT);
    }

    boolean is(TaskState state) {
      return standing != null && standing.state() == state;
    }

    boolean failedSince(Instant start) {
      Instant last = standing == null ? null : standing.lastErrorAt();
      return last != null && last.isAfter(start) && !is(TaskState.DONE);
    }

    /** What came of it, or what was said last where it is not delivered. */
    String said() {
      if (!outcome.ok()) {
        return outcome.sentence();
      }
      return is(TaskState.DONE) ? "Delivered." : standing == null ? "" : lastError(standing);
    }

    private static String lastError(Standing standing) {
      return Show.orDash(standing.lastError());
    }
  }

  /** Whether more is to be heard of it. */
  boolean isUnderWay() {
    return isBeingWorkedOn() || tasks.stream().anyMatch(one -> one.is(TaskState.PENDING));
  }

  String mood() {
    if (failed() > 0) {
      return "bad";
    }
    return isUnderWay() || tasks.isEmpty() ? "wait" : "good";
  }

  String sentence() {
    int all = tasks.size();
    if (all == 0) {
      return isBeingWorkedOn()
          ? "They are put back into their queues."
          : "None was left that could be tried.";
    }
    if (failed() > 0) {
      return "%d of %d failed again: the cause is still there.".formatted(failed(), all);
    }
    return delivered() == all
        ? "All %d are delivered: the cause is gone.".formatted(all)
        : "%d of %d are delivered so far.".formatted(delivered(), all);
  }

  private boolean isBeingWorkedOn() {
    return operation.state() == OperationState.RUNNING;
  }

  private long delivered() {
    return tasks.stream().filter(one -> one.is(TaskState.DONE)).count();
  }

  private long failed() {
    return tasks.stream().filter(one -> one.failedSince(operation.startedAt())).count();
  }
}
