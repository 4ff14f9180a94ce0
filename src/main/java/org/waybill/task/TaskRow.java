package org.waybill.task;

import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.waybill.cdr.TableSuffix;
import org.waybill.ledger.Page;

/** A row of {@code tasks} as far as dispatch changes it. */
record TaskRow(
    long id,
    TableSuffix day,
    TaskState state,
    int waiting,
    int failed,
    int retry,
    @Nullable Instant nextAttempt,
    Booked booked) {

  /** How it stands in the ledger: as it was when it was locked. */
  record Booked(Page page, String type, TaskState state) {}

  TaskRow become(TaskState next, int nowWaiting, int nowFailed, @Nullable Instant nextDue) {
    if (next != state && !state.mayBecome(next)) {
      throw new IllegalStateException("Task " + id + " is " + state + " and cannot be " + next);
    }
    return new TaskRow(id, day, next, nowWaiting, nowFailed, retry, nextDue, booked);
  }

  TaskRow retry(int greatest) {
    return new TaskRow(
        id, day, state, waiting, failed, Math.max(retry, greatest), nextAttempt, booked);
  }
}
