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
import org.waybill.access.Organizations;
import org.waybill.access.Role;
import org.waybill.amend.Fence;
import org.waybill.amend.Remaker;
import org.waybill.amend.Replacement;
import org.waybill.amend.Rewriting;
import org.waybill.cdr.CdrStore;
import org.waybill.collect.SomeIntake;
import org.waybill.gateway.Couriers;
import org.waybill.normalize.Dialect;
import org.waybill.normalize.lifecycle.LifecycleDialect;
import org.waybill.task.Amendments;
import org.waybill.task.Gateways;
import org.waybill.task.TaskStore;
import org.waybill.task.WorkBell;
import org.waybill.testing.TestDatabase;

/** The whole way of an assembled call to a real database; organization 1001 is there. */
public final class SomeRecords implements AutoCloseable {
  public final TestDatabase db = TestDatabase.fresh();
  public final SomeIntake some;
  public final CallRecords records;
  private final Clock clock;

  public SomeRecords(Clock clock) {
    this.clock = clock;
    some =
        new SomeIntake(db, db.database(), clock, organizations -> dialects(organizations, clock));
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
    Replacement replacement =
        new Replacement(db.database(), cdrs, remaker, rewriting, new WorkBell());
    records = new CallRecords(db.database(), cdrs, some.intake, some.keeping, replacement);
  }

  private static List<Dialect> dialects(Organizations organizations, Clock clock) {
    return List.of(new WordsDialect(organizations), new LifecycleDialect(organizations, clock));
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

  public String one(String sql) {
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
