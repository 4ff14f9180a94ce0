package org.waybill.call;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.sql.ResultSet;
import java.sql.Statement;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.waybill.access.Caller;
import org.waybill.access.Role;
import org.waybill.amend.Fence;
import org.waybill.amend.Remaker;
import org.waybill.amend.Replacement;
import org.waybill.amend.Rewriting;
import org.waybill.cdr.CdrStore;
import org.waybill.collect.SomeIntake;
import org.waybill.gateway.Couriers;
import org.waybill.task.Amendments;
import org.waybill.task.Gateways;
import org.waybill.task.TaskStore;
import org.waybill.task.WorkBell;
import org.waybill.testing.TestDatabase;

/** The whole way of an assembled call to a real database; organization 1001 is there. */
final class SomeRecords implements AutoCloseable {
  final TestDatabase db = TestDatabase.fresh();
  final SomeIntake some;
  final CallRecords records;
  final Replacement replacement;
  private final Clock clock;

  SomeRecords(Clock clock) {
    this.clock = clock;
    some =
        new SomeIntake(
            db, db.database(), clock, organizations -> List.of(new WordsDialect(organizations)));
    CdrStore cdrs = new CdrStore(clock);
    Gateways gateways = new Gateways(db.database(), clock);
    TaskStore tasks = new TaskStore(gateways);
    Remaker remaker =
        new Remaker(
            db.database(),
            some.rereading,
            tasks,
            some.rules,
            Couriers.with(Duration.ofSeconds(5), db.database(), clock));
    Rewriting rewriting = new Rewriting(new Amendments(gateways, clock), tasks, clock);
    replacement = new Replacement(db.database(), cdrs, remaker, rewriting, new WorkBell());
    records = new CallRecords(db.database(), cdrs, some.intake, some.keeping, replacement);
  }

  Recorded record(AssembledCall call) {
    return records.record(List.of(call)).get(0);
  }

  AssembledCall call(int org, UUID uuid, String words, Fence fence) {
    String body =
        "org=%d\nuuid=%s\nstart=%d\nwords=%s"
            .formatted(org, uuid, clock.instant().getEpochSecond(), words);
    Caller caller = new Caller("calls", Set.of(Role.SWITCH), Set.of());
    return new AssembledCall(
        WordsDialect.FORMAT, caller, uuid, body.getBytes(UTF_8), clock.instant(), fence);
  }

  String one(String sql) {
    return db.database()
        .read(
            "ask",
            connection -> {
              try (Statement statement = connection.createStatement();
                  ResultSet row = statement.executeQuery(sql)) {
                return row.next() ? String.valueOf(row.getString(1)) : "none";
              }
            });
  }

  @Override
  public void close() {
    try {
      some.stop();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
