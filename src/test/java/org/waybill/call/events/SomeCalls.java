package org.waybill.call.events;

import io.prometheus.metrics.model.registry.PrometheusRegistry;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.waybill.access.Audit;
import org.waybill.access.Organization;
import org.waybill.call.SomeRecords;
import org.waybill.testing.LeapingClock;
import org.waybill.testing.TestDatabase;

/** Events, calls and CDRs in a real database, with a clock that a test sets. */
final class SomeCalls implements AutoCloseable {
  static final CallRow.Patience PATIENCE =
      new CallRow.Patience(Duration.ofSeconds(5), Duration.ofHours(4));

  /** Begins at a moment shortly after the events that the tests use. */
  final LeapingClock clock = new LeapingClock(Instant.parse("2026-11-21T12:00:00Z"));

  final SomeRecords records = new SomeRecords(clock);
  final TestDatabase db = records.db;
  final CallMetrics metrics = new CallMetrics(new PrometheusRegistry());

  SomeCalls() {
    add(1002, "acme");
  }

  void add(int id, String tenant) {
    records.some.organizations.add(
        new Organization(id, "Some", ZoneId.of("UTC"), null, tenant, Set.of(), true),
        new Audit.Entry("admin", "organization.add", "organization " + id, null, null));
  }

  private Owner owner(Optional<Integer> otherwise) {
    return new Owner(records.some.organizations, otherwise);
  }

  EventStore store(Optional<Integer> otherwise) {
    return new EventStore(db.database(), owner(otherwise), PATIENCE, clock);
  }

  Closing closing(Optional<Integer> otherwise) {
    return new Closing(db.database(), records.records, owner(otherwise), PATIENCE, clock, metrics);
  }

  /** As calls of 1001 where the tenant says nothing else. */
  int store(Message... messages) {
    return store(Optional.of(1001)).store(read(List.of(messages)));
  }

  /** What is due then, whatever time that takes. */
  void close(Duration later) {
    clock.leap(later);
    closing(Optional.of(1001)).round();
  }

  static List<CallEvent> read(List<Message> messages) {
    List<CallEvent> events = new ArrayList<>();
    for (Message message : messages) {
      try {
        events.add(EventReader.read(message));
      } catch (UnreadableEvent e) {
        throw new IllegalArgumentException(e);
      }
    }
    return events;
  }

  @Override
  public void close() {
    records.close();
  }
}
