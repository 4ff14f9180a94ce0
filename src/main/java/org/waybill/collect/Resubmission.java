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

  /** Reads it anew and, when it is good, queues it for the next commit. */
  Underway begin(RejectedBody body, String who) {
    Caller forAll = new Caller(who, Set.of(Role.SWITCH), Set.of());
    String charset = ContentType.parse(body.contentType()).map(type -> type.charset()).orElse(null);
    return intake.begin(
        new Arrived(
            body.bytes(), body.contentType(), charset, body.source(), forAll, clock.instant()));
  }

  /** Waits for what {@link #begin} began. */
  Verdict settle(Underway underway, Deadline deadline) {
    return intake.settle(underway, deadline);
  }
}
