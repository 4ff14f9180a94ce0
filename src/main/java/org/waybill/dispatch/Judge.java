package org.waybill.dispatch;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.waybill.gateway.RetrySchedule;
import org.waybill.gateway.Verdict;
import org.waybill.task.Attempt;
import org.waybill.task.Attempt.Outcome;
import org.waybill.task.Attempt.Sent;
import org.waybill.task.Delivery;
import org.waybill.task.Progress;
import org.waybill.task.Settlement;

/** What a verdict means for the delivery: the contract's table of answers. */
final class Judge {
  /** Later than the next probe, so that the probe tries another delivery where there is one. */
  static final Duration AFTER_PROBE = Duration.ofSeconds(5);

  /** How {@code deliveries.misconfigured} says that there was no HTTP answer. */
  static final int NO_STATUS = 0;

  private final RetrySchedule schedule;

  Judge(RetrySchedule schedule) {
    this.schedule = schedule;
  }

  /**
   * Whether the delivery, not the gateway, is to blame: the gateway has delivered another one since
   * it gave this one the same answer.
   *
   * @param lastDelivered when it delivered one last
   */
  static boolean isOwnFault(
      Delivery delivery, Verdict.Misconfigured verdict, @Nullable Instant lastDelivered) {
    Progress progress = delivery.progress();
    Integer blamed = progress.blamed();
    Instant blamedAt = progress.blamedAt();
    return blamed != null
        && blamedAt != null
        && lastDelivered != null
        && blamed == status(verdict)
        && lastDelivered.isAfter(blamedAt);
  }

  /**
   * @param nextTry when the gateway may be tried again, for one that is misconfigured
   */
  Settlement settle(Delivery delivery, Sent sent, Verdict verdict, Instant nextTry) {
    if (verdict instanceof Verdict.Delivered delivered) {
      Attempt attempt = new Attempt(sent, Outcome.DELIVERED, delivered.status(), null, "");
      return new Settlement(delivery, attempt, null);
    }
    if (verdict instanceof Verdict.Transient failure) {
      return settle(delivery, sent, failure);
    }
    if (verdict instanceof Verdict.Misconfigured blame) {
      Attempt attempt =
          new Attempt(
              sent, Outcome.MISCONFIGURED, blame.status(), blame.reason(), blame.responseHead());
      Progress progress = delivery.progress().blaming(status(blame), endedAt(sent));
      return new Settlement(delivery, attempt, delivery.again(nextTry.plus(AFTER_PROBE), progress));
    }
    Verdict.Refused refused = (Verdict.Refused) verdict;
    return failed(delivery, sent, refused);
  }

  private Settlement settle(Delivery delivery, Sent sent, Verdict.Transient failure) {
    Progress progress = delivery.progress().failed();
    Optional<Duration> wait = schedule.waitAfter(progress.failures(), failure.retryAfter());
    Outcome outcome = wait.isPresent() ? Outcome.RETRY : Outcome.FAILED;
    Attempt attempt =
        new Attempt(sent, outcome, failure.status(), failure.reason(), failure.responseHead());
    return new Settlement(
        delivery,
        attempt,
        wait.map(time -> delivery.again(endedAt(sent).plus(time), progress)).orElse(null));
  }

  private static Settlement failed(Delivery delivery, Sent sent, Verdict.Refused refused) {
    Attempt attempt =
        new Attempt(
            sent, Outcome.FAILED, refused.status(), refused.reason(), refused.responseHead());
    return new Settlement(delivery, attempt, null);
  }

  private static int status(Verdict.Misconfigured verdict) {
    Integer status = verdict.status();
    return status == null ? NO_STATUS : status;
  }

  private static Instant endedAt(Sent sent) {
    return sent.startedAt().plus(sent.took());
  }
}
