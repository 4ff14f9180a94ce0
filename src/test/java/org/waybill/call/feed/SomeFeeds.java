package org.waybill.call.feed;

import java.net.URI;
import java.time.Duration;
import java.time.ZoneId;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.waybill.access.Audit;
import org.waybill.access.Organization;
import org.waybill.amend.Remaker;
import org.waybill.amend.Replacement;
import org.waybill.amend.Rewriting;
import org.waybill.call.CallRecords;
import org.waybill.cdr.CdrStore;
import org.waybill.collect.SomeIntake;
import org.waybill.gateway.Couriers;
import org.waybill.normalize.callflow.CallflowDialect;
import org.waybill.platform.Metrics;
import org.waybill.task.Amendments;
import org.waybill.task.Gateways;
import org.waybill.task.TaskStore;
import org.waybill.task.WorkBell;
import org.waybill.testing.LeapingClock;
import org.waybill.testing.TestDatabase;

/** One node of a house that polls a platform, turn by turn; organization 1001 is there. */
final class SomeFeeds implements AutoCloseable {
  static final Duration GRACE = Duration.ofSeconds(5);
  static final Duration MAX_AGE = Duration.ofHours(4);

  final TestDatabase db;
  final SomeIntake some;
  final FeedStates states = new FeedStates();
  final FeedLease lease;
  final FeedTerms terms;
  final FeedStore store;
  final CallRecords records;
  final Assembler assembler;
  private final FeedClient client;
  private final LeapingClock clock;
  private final Map<Feed, FeedRound> rounds = new EnumMap<>(Feed.class);

  SomeFeeds(URI platform, LeapingClock clock, int limit) {
    this(TestDatabase.fresh(), platform, clock, limit);
  }

  /** On a database on which another node may have worked. */
  SomeFeeds(TestDatabase db, URI platform, LeapingClock clock, int limit) {
    this.db = db;
    this.clock = clock;
    terms = new FeedTerms(1001, Duration.ofSeconds(3), limit, 500, 100_000, GRACE, MAX_AGE);
    db.execute("DELETE FROM organizations");
    some =
        new SomeIntake(
            db,
            db.database(),
            clock,
            organizations -> List.of(new CallflowDialect(organizations, clock)));
    lease = new FeedLease(db.database(), "test");
    lease.isOurs();
    store = new FeedStore(db.database(), lease, terms, clock);
    client =
        new FeedClient(FeedAddress.of(platform), Duration.ofSeconds(5), terms.maxBytes(), clock);
    FeedMetrics metrics = new FeedMetrics(new Metrics().registry(), states);
    FeedRound.Way way = new FeedRound.Way(store, some.keeping, clock, metrics);
    for (Feed feed : Feed.values()) {
      rounds.put(feed, new FeedRound(feed, client, way, terms, () -> false));
    }
    records = records();
    assembler =
        new Assembler(
            new Assembler.Hands(db.database(), lease, records, some.organizations),
            terms,
            states,
            clock);
  }

  private CallRecords records() {
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
    return new CallRecords(
        db.database(),
        cdrs,
        some.intake,
        some.keeping,
        new Replacement(db.database(), cdrs, remaker, rewriting, new WorkBell()));
  }

  /** Reads feeds to their ends, in that order. */
  void poll(Feed... feeds) throws InterruptedException {
    for (Feed feed : feeds) {
      Objects.requireNonNull(rounds.get(feed)).run();
      states.read(feed, clock.instant());
    }
  }

  void pollAll() throws InterruptedException {
    poll(Feed.values());
  }

  /** Lets the grace pass, and puts together what is due. */
  void assemble() {
    clock.leap(GRACE);
    for (Feed feed : Feed.values()) {
      states.read(feed, clock.instant());
    }
    assembler.run();
  }

  void organization(boolean active) {
    some.organizations.update(
        new Organization(1001, "Some", ZoneId.of("UTC"), null, null, Set.of(), active),
        new Audit.Entry("admin", "organization.update", "organization 1001", null, null));
  }

  String one(String sql) {
    return db.one(sql);
  }

  int count(String sql) {
    return db.count(sql);
  }

  /** A variable of the CDR of a call. */
  String variable(long call, String name) {
    String xml =
        one(
            "SELECT n.xml FROM normalized_cdrs n JOIN feed_calls c ON c.uuid = n.uuid WHERE call_id = "
                + call);
    String value = xml.replaceAll("(?s).*<" + name + ">(.*?)</" + name + ">.*", "$1");
    return value.equals(xml) ? "none" : value;
  }

  @Override
  public void close() {
    client.stop();
    lease.release();
    try {
      some.stop();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
