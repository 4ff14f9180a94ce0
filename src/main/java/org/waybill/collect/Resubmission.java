package org.waybill.collect;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Clock;
import java.util.Set;
import org.waybill.access.Caller;
import org.waybill.access.Role;

/**
 * Sends a rejected document through the intake again, on the operator's word for its organization:
 * the one way for a single one and for many.
 */
@ApplicationScoped
public class Resubmission {
  private final Intake intake;
  private final Clock clock;

  @Inject
  public Resubmission(Intake intake, Clock clock) {
    this.intake = intake;
    this.clock = clock;
  }

  @SuppressWarnings("NullAway") // only for the proxy, which never calls it
  protected Resubmission() {
    this(null, null);
  }

  /**
   * Reads it anew and, when it is good, queues it for the next commit: as its sender first, whose
   * key may name the organization, then as if that sender might send for all.
   */
  Underway begin(RejectedBody body) {
    Underway asSender = intake.begin(arrived(body, body.organizations()));
    boolean wasForAll = body.organizations().isEmpty();
    return wasForAll || !isAboutOrganization(asSender)
        ? asSender
        : intake.begin(arrived(body, Set.of()));
  }

  private static boolean isAboutOrganization(Underway underway) {
    if (!(underway instanceof Underway.Judged judged)) {
      return false;
    }
    return judged.verdict() instanceof Verdict.Forbidden
        || (judged.verdict() instanceof Verdict.Unacceptable unacceptable
            && unacceptable.rejection().reason() == RejectionReason.UNKNOWN_ORGANIZATION);
  }

  private Arrived arrived(RejectedBody body, Set<Integer> organizations) {
    String charset = ContentType.parse(body.contentType()).map(type -> type.charset()).orElse(null);
    return new Arrived(
        body.bytes(),
        body.contentType(),
        charset,
        body.source(),
        new Caller(body.sender(), Set.of(Role.SWITCH), organizations),
        clock.instant(),
        body.urlUuid());
  }

  /** Waits for what {@link #begin} began. */
  Verdict settle(Underway underway, Deadline deadline) {
    return intake.settle(underway, deadline);
  }
}
