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
import org.waybill.task.Progress;

/** What a verdict means for what was sent: the contract's table of answers. */
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
   * Whether what was sent, not the gateway, is to blame: the gateway has delivered something else
   * since it gave this the same answer.
   *
   * @param lastDelivered when it delivered something last
   */
  static boolean isOwnFault(
      Progress progress, Verdict.Misconfigured verdict, @Nullable Instant lastDelivered) {
    Integer blamed = progress.blamed();
    Instant blamedAt = progress.blamedAt();
    return blamed != null
        && blamedAt != null
        && lastDelivered != null
        && blamed == status(verdict)
        && lastDelivered.isAfter(blamedAt);
  }

  /**
   * @param before how far it had got
   * @param nextTry when the gateway may be tried again, for one that is misconfigured
   */
  Ruling rule(Progress before, Sent sent, Verdict verdict, Instant nextTry) {
    if (verdict instanceof Verdict.Delivered delivered) {
      Attempt attempt = new Attempt(sent, Outcome.DELIVERED, delivered.status(), null, "");
      return new Ruling(attempt, null, before);
    }
    if (verdict instanceof Verdict.Transient failure) {
      return rule(before, sent, failure);
    }
    if (verdict instanceof Verdict.Misconfigured blame) {
      Attempt attempt =
          new Attempt(
              sent, Outcome.MISCONFIGURED, blame.status(), blame.reason(), blame.responseHead());
      Progress progress = before.blaming(status(blame), endedAt(sent));
      return new Ruling(attempt, nextTry.plus(AFTER_PROBE), progress);
    }
    Verdict.Refused refused = (Verdict.Refused) verdict;
    return failed(before, sent, refused);
  }

  private Ruling rule(Progress before, Sent sent, Verdict.Transient failure) {
    Progress progress = before.failed();
    Optional<Duration> wait = schedule.waitAfter(progress.failures(), failure.retryAfter());
    Outcome outcome = wait.isPresent() ? Outcome.RETRY : Outcome.FAILED;
    Attempt attempt =
        new Attempt(sent, outcome, failure.status(), failure.reason(), failure.responseHead());
    return new Ruling(attempt, wait.map(endedAt(sent)::plus).orElse(null), progress);
  }

  private static Ruling failed(Progress before, Sent sent, Verdict.Refused refused) {
    Attempt attempt =
        new Attempt(
            sent, Outcome.FAILED, refused.status(), refused.reason(), refused.responseHead());
    return new Ruling(attempt, null, before);
  }

  private static int status(Verdict.Misconfigured verdict) {
    Integer status = verdict.status();
    return status == null ? NO_STATUS : status;
  }

  private static Instant endedAt(Sent sent) {
    return sent.startedAt().plus(sent.took());
  }
}
