package org.waybill.dispatch;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import org.jspecify.annotations.Nullable;
import org.waybill.gateway.Verdict;
import org.waybill.task.Attempt;
import org.waybill.task.Attempt.Outcome;
import org.waybill.task.Attempt.Sent;
import org.waybill.task.Delivery;
import org.waybill.task.Progress;
import org.waybill.task.Settlement;

/**
 * What a verdict means for what was sent: one delivery, or a batch of them.
 *
 * @param again when it is sent again, or null when it has been delivered or has failed
 * @param progress how far it has got then
 */
record Ruling(Attempt attempt, @Nullable Instant again, Progress progress) {

  /** That a batch was refused for something in it, which halves of it will tell. */
  static Ruling halved(Progress before, Sent sent, Verdict.Refused refused) {
    Attempt attempt =
        new Attempt(
            sent, Outcome.HALVED, refused.status(), refused.reason(), refused.responseHead());
    Instant now = sent.startedAt().plus(sent.took()).truncatedTo(ChronoUnit.MILLIS);
    return new Ruling(attempt, now, before.leavingOne());
  }

  Settlement of(Delivery delivery) {
    return new Settlement(
        delivery, attempt, again == null ? null : delivery.again(again, progress));
  }

  /** For one of a batch that was sent: it counts its own sends, which may be more. */
  Settlement ofMember(Delivery member) {
    Sent batch = attempt.sent();
    Sent sent =
        new Sent(
            member.progress().sends() + 1,
            batch.gateway(),
            batch.node(),
            batch.startedAt(),
            batch.took());
    Attempt own =
        new Attempt(sent, attempt.outcome(), attempt.status(), attempt.reason(), attempt.head());
    boolean failed = attempt.outcome() == Outcome.RETRY;
    return new Settlement(
        member,
        own,
        again == null ? null : member.again(again, member.progress().inBatch(progress, failed)));
  }
}
