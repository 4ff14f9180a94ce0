package org.waybill.collect.smdr;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Set;
import org.waybill.access.Caller;
import org.waybill.access.Role;
import org.waybill.collect.Answer;
import org.waybill.collect.Arrived;
import org.waybill.collect.Conveyor;
import org.waybill.normalize.smdr.LineReader;

/**
 * Finds calls whose last segment does not come, so that they are seen: as rejected documents with
 * all that has come of them.
 */
final class AbandonedCalls {
  /** Longer than two nodes, or a switch that sends again, are apart. */
  private static final Duration KEPT = Duration.ofDays(2);

  private static final Conveyor.Limits LIMITS = new Conveyor.Limits(64, 1L << 20);

  private final Delivery.Way way;
  private final Duration maxAge;

  /**
   * @param maxAge how long the next segment of a call is waited for
   */
  AbandonedCalls(Delivery.Way way, Duration maxAge) {
    this.way = way;
    this.maxAge = maxAge;
  }

  /** Hands them over, as far as the database takes them. */
  void close() {
    Clock clock = way.clock();
    Instant now = clock.instant();
    Conveyor<Segments.Call> conveyor =
        new Conveyor<>(way.intake(), way.keeping(), LIMITS, this::settled);
    for (Segments.Call call : way.segments().abandoned(now.minus(maxAge))) {
      if (!conveyor.send(call, arrived(call, now))) {
        return;
      }
    }
    conveyor.settleAll();
    way.segments().forget(now.minus(KEPT));
  }

  private Arrived arrived(Segments.Call call, Instant now) {
    Caller caller = new Caller(call.sender(), Set.of(Role.SWITCH), Set.of(call.rmOrgId()));
    byte[] body = way.segments().joinAbandoned(call);
    return new Arrived(body, LineReader.IP_OFFICE, null, Delivery.FORMAT, caller, now);
  }

  private void settled(Segments.Call call, Answer answer) {
    way.segments().settle(call);
  }
}
