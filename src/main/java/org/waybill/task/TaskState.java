package org.waybill.task;

/** How far a task has got, and all that may be done to it. */
public enum TaskState {
  /** A delivery waits, or nobody handles its type. */
  PENDING("n"),
  /** All its deliveries are delivered. */
  DONE("y"),
  /** No delivery waits and one failed. */
  FAILED("error"),
  /** An operator ended it. */
  CANCELLED("cancelled");

  private final String done;

  TaskState(String done) {
    this.done = done;
  }

  /** All legal moves. */
  boolean mayBecome(TaskState next) {
    return switch (this) {
      case PENDING -> true; // its deliveries settle, fail or go on waiting, or it is cancelled
      case FAILED -> next == PENDING || next == CANCELLED; // a re-run, or it is given up
      case CANCELLED -> next == PENDING; // a re-run
      case DONE -> next == PENDING; // a re-run that was forced
    };
  }

  boolean mayBeRerun(boolean force) {
    return mayBecome(PENDING) && this != PENDING && (this != DONE || force);
  }

  boolean mayBeCancelled() {
    return this == PENDING;
  }

  /** With all others of its kind: one that failed is no longer kept for somebody to look at. */
  boolean mayBeGivenUp() {
    return mayBecome(CANCELLED) && this != CANCELLED;
  }

  /** What it is when so many deliveries wait and so many failed. */
  static TaskState of(int waiting, int failed) {
    if (waiting > 0) {
      return PENDING;
    }
    return failed > 0 ? FAILED : DONE;
  }

  /** As {@code tasks.done} spells it. */
  public String done() {
    return done;
  }

  public static TaskState ofDone(String done) {
    for (TaskState state : values()) {
      if (state.done.equals(done)) {
        return state;
      }
    }
    throw new IllegalArgumentException("'" + done + "' is no value of tasks.done.");
  }
}
