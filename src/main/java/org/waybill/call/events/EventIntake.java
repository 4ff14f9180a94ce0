package org.waybill.call.events;

import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.waybill.access.Caller;
import org.waybill.access.Role;
import org.waybill.call.events.CallMetrics.EventOutcome;
import org.waybill.collect.Answer;
import org.waybill.collect.Arrived;
import org.waybill.collect.Deadline;
import org.waybill.collect.Keeping;
import org.waybill.collect.Rejection;
import org.waybill.collect.RejectionReason;
import org.waybill.document.Violation;
import org.waybill.normalize.lifecycle.LifecycleDialect;
import org.waybill.platform.WaybillException;

/** The way of messages into the database: events of calls, or rejected documents. */
final class EventIntake {
  private static final Duration PATIENCE = Duration.ofSeconds(10);
  private static final Caller SENDER = new Caller(Closing.SENDER, Set.of(Role.SWITCH), Set.of());

  private final EventStore store;
  private final Keeping keeping;
  private final Clock clock;
  private final CallMetrics metrics;

  EventIntake(EventStore store, Keeping keeping, Clock clock, CallMetrics metrics) {
    this.store = store;
    this.keeping = keeping;
    this.clock = clock;
    this.metrics = metrics;
  }

  /** A message that is no event could not be kept now. */
  static final class NotKept extends WaybillException {
    private static final long serialVersionUID = 1;

    NotKept() {
      super("A message cannot be kept as a rejected document now.");
    }
  }

  /**
   * Returns when all of them are durable; all of them again is harmless.
   *
   * @throws RuntimeException when some are not; see {@link org.waybill.collect.Refusal}
   */
  void take(List<Message> messages) {
    List<CallEvent> events = new ArrayList<>();
    for (Message message : messages) {
      try {
        events.add(EventReader.read(message));
      } catch (UnreadableEvent e) {
        keep(message, e);
      }
    }
    int stored = store.store(events);
    metrics.settled(EventOutcome.STORED, stored);
    metrics.settled(EventOutcome.DUPLICATE, events.size() - stored);
  }

  private void keep(Message message, UnreadableEvent e) {
    Arrived arrived =
        new Arrived(
            message.body(),
            message.contentType(),
            null,
            LifecycleDialect.FORMAT,
            SENDER,
            clock.instant());
    Violation violation =
        new Violation(0, 0, e.getMessage() + " Its routing key is " + message.routingKey() + ".");
    Rejection rejection =
        new Rejection(RejectionReason.NOT_WELL_FORMED, List.of(violation), null, null);
    if (!(keeping.keep(arrived, rejection, Deadline.in(PATIENCE)) instanceof Answer.Rejected)) {
      throw new NotKept();
    }
    metrics.settled(EventOutcome.REJECTED, 1);
  }
}
