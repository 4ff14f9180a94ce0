package org.waybill.task;

import org.jspecify.annotations.Nullable;

/**
 * What an attempt means for its delivery.
 *
 * @param delivery as it stood in the hot table
 * @param again how it goes on waiting, or null when it has been delivered or has failed
 */
public record Settlement(Delivery delivery, Attempt attempt, @Nullable Delivery again) {
  /** The same for the delivery as it stands now, at another place. */
  Settlement of(Delivery moved) {
    return new Settlement(
        moved,
        attempt,
        again == null ? null : moved.again(again.place().dueAt(), again.progress()));
  }

  /** All failures of this delivery, this one included. */
  int failures() {
    int before = delivery.progress().allFailures();
    return attempt.outcome().isFailure() ? before + 1 : before;
  }

  boolean failedForGood() {
    return attempt.outcome() == Attempt.Outcome.FAILED;
  }
}
