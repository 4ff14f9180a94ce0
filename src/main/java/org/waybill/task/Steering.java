package org.waybill.task;

/** What came of an operator's wish about one task. */
public sealed interface Steering {
  /**
   * It is done.
   *
   * @param before what the task was
   * @param deliveries how many were put back into queues, or taken out
   */
  record Changed(TaskState before, TaskState now, int deliveries) implements Steering {}

  /** The task's state forbids it. */
  record Forbidden(TaskState state) implements Steering {}

  /** There is no such task. */
  record Unknown() implements Steering {}
}
