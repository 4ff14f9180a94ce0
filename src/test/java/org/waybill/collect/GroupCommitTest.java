package org.waybill.collect;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.waybill.collect.SomeCdrs.cdr;
import static org.waybill.collect.SomeCdrs.poison;
import static org.waybill.collect.SomeCdrs.sgapi;

import io.prometheus.metrics.model.registry.PrometheusRegistry;
import java.time.Clock;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.function.Function;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.waybill.cdr.CdrStore;
import org.waybill.cdr.NewCdr;
import org.waybill.platform.Database;
import org.waybill.task.Gateways;
import org.waybill.task.NewTask;
import org.waybill.task.Priority;
import org.waybill.task.StoredTask;
import org.waybill.task.TaskStore;
import org.waybill.task.WorkBell;
import org.waybill.testing.Relay;
import org.waybill.testing.TestDatabase;

class GroupCommitTest {
  private static final GroupCommitLimits LIMITS =
      new GroupCommitLimits(1, 500, 8L << 20, 1_000, 64L << 20);
  private static final Duration LONG = Duration.ofSeconds(30);

  private final TestDatabase db = TestDatabase.fresh();
  private final WorkBell bell = new WorkBell();
  private final List<GroupCommit> started = new ArrayList<>();

  @AfterEach
  void stop() {
    started.forEach(GroupCommit::stop);
  }

  @Test
  void storesTheCdrItsKeyItsTasksTheirDataAndTheirDeliveries() {
    UUID uuid = UUID.fromString("a1b2c3d4-e5f6-7890-abcd-ef1234567890");
    Outcome.Stored stored = (Outcome.Stored) store(commit(), cdr(uuid), sgapi());

    assertThat(stored.tasks()).extracting(StoredTask::type).containsExactly("CDRToSGAPI");
    assertThat(
            db.one(
                """
                SELECT CONCAT_WS(' ', HEX(c.uuid), c.TableSuffix, c.rmOrgID, c.received_at,
                  c.calling_number, c.billsec, k.id_normalized_cdrs = c.id, LEFT(c.xml, 5))
                  FROM normalized_cdrs c JOIN cdr_keys k USING (uuid)
                """))
        .isEqualTo(
            "A1B2C3D4E5F67890ABCDEF1234567890 20261121 1001 2026-11-21 12:00:00.123"
                + " +15551234567 245 1 <cdr>");
    assertThat(
            db.one(
                """
                SELECT CONCAT_WS(' ', t.task_type, t.priority, t.done, t.retry, t.waiting,
                  t.create_time = t.next_attempt, d.xml_fragment, t.id_normalized_cdrs)
                  FROM tasks t JOIN tasks_data d ON d.id_tasks = t.id
                """))
        .isEqualTo("CDRToSGAPI high n 0 2 1 <task type=\"CDRToSGAPI\"/> " + stored.id());
    assertThat(
            db.one(
                """
                SELECT GROUP_CONCAT(CONCAT_WS(' ', kind, item, lane, id_tasks, due_at) ORDER BY kind)
                  FROM deliveries
                """))
        .isEqualTo(
            "storage 0 0 %1$d 2026-11-21 12:00:00.123,analytics 0 0 %1$d 2026-11-21 12:00:00.123"
                .formatted(stored.tasks().get(0).id()));
    assertThat(bell.rings()).isEqualTo(1);
  }

  @Test
  void storesTheRawDocumentsOfThoseThatHaveOne() {
    byte[] bytes = "a raw document ".repeat(100).getBytes(UTF_8);
    List<UUID> uuids = List.of(UUID.randomUUID(), UUID.randomUUID(), UUID.randomUUID());
    together(
        commit ->
            List.of(
                commit.submit(SomeCdrs.withRaw(uuids.get(0), bytes), List.of(sgapi())),
                commit.submit(cdr(uuids.get(1)), List.of(sgapi())),
                commit.submit(SomeCdrs.withRaw(uuids.get(2), new byte[0]), List.of()),
                commit.submit(SomeCdrs.withRaw(uuids.get(0), bytes), List.of())));

    assertThat(
            db.one(
                """
                SELECT GROUP_CONCAT(CONCAT_WS(' ', HEX(c.uuid), LENGTH(UNCOMPRESS(r.body)),
                  r.version, r.format, r.sender, r.received_at = c.received_at) ORDER BY r.id_normalized_cdrs)
                  FROM raw_cdrs r JOIN normalized_cdrs c ON c.id = r.id_normalized_cdrs
                """))
        .isEqualTo(
            hex(uuids.get(0))
                + " 1500 1 cdr-normalized key:pbx 1,"
                + hex(uuids.get(2))
                + " 0 1 cdr-normalized key:pbx 1");
  }

  @Test
  void keepsATaskThatNobodyHandlesWaitingWithoutADueTime() {
    NewTask unknown = new NewTask("CBFinish", Priority.LOW, List.of(), "<task/>");
    store(commit(), cdr(UUID.randomUUID()), unknown);

    assertThat(db.one("SELECT CONCAT_WS(' ', done, waiting, next_attempt IS NULL) FROM tasks"))
        .isEqualTo("n 0 1");
    assertThat(db.one("SELECT COUNT(*) FROM deliveries")).isEqualTo("0");
  }

  @Test
  void givesEachOfManyNeighboursItsOwnIdsInOneCommit() {
    List<UUID> uuids = new ArrayList<>();
    List<Outcome> outcomes =
        together(
            commit -> {
              List<CompletableFuture<Outcome>> answers = new ArrayList<>();
              for (int i = 0; i < 300; i++) {
                uuids.add(UUID.randomUUID());
                answers.add(commit.submit(cdr(uuids.get(i)), List.of(sgapi(), sgapi())));
              }
              return answers;
            });

    for (int i = 0; i < uuids.size(); i++) {
      Outcome.Stored stored = (Outcome.Stored) outcomes.get(i);
      List<Long> tasks = stored.tasks().stream().map(StoredTask::id).toList();
      assertThat(
              db.one(
                  "SELECT CONCAT(HEX(c.uuid), ' ', GROUP_CONCAT(t.id ORDER BY t.id SEPARATOR ', '))"
                      + " FROM normalized_cdrs c JOIN tasks t ON t.id_normalized_cdrs = c.id"
                      + " WHERE c.id = "
                      + stored.id()
                      + " GROUP BY c.uuid"))
          .isEqualTo(hex(uuids.get(i)) + " " + tasks.get(0) + ", " + tasks.get(1));
    }
    assertThat(bell.rings()).as("commits").isLessThanOrEqualTo(2);
  }

  @Test
  void answersARepeatWithTheStoredCdrAndAddsNothing() {
    GroupCommit commit = commit();
    UUID uuid = UUID.randomUUID();
    Outcome.Stored first = (Outcome.Stored) store(commit, cdr(uuid), sgapi(), sgapi());
    Outcome again = store(commit, cdr(uuid), sgapi(), sgapi());

    assertThat(again)
        .isEqualTo(new Outcome.Duplicate(first.id(), first.tableSuffix(), first.tasks()));
    assertThat(db.one("SELECT COUNT(*) FROM tasks")).isEqualTo("2");
  }

  @Test
  void answersOtherWordsOfTheSameUuidAsAConflict() {
    GroupCommit commit = commit();
    UUID uuid = UUID.randomUUID();
    Outcome.Stored first = (Outcome.Stored) store(commit, cdr(uuid), sgapi());

    assertThat(store(commit, cdr(uuid, "other words", SomeCdrs.TODAY), sgapi()))
        .isEqualTo(new Outcome.Conflict(first.id()));
  }

  @Test
  void knowsAUuidOverAllDays() {
    GroupCommit commit = commit();
    UUID uuid = UUID.randomUUID();
    store(commit, cdr(uuid));

    assertThat(store(commit, cdr(uuid, "a month before", SomeCdrs.TODAY - 30 * 86_400L)))
        .isInstanceOf(Outcome.Conflict.class);
  }

  @Test
  void findsRepeatsAndConflictsWithinOneGroup() {
    UUID uuid = UUID.randomUUID();
    List<Outcome> outcomes =
        together(
            commit ->
                List.of(
                    commit.submit(cdr(uuid), List.of(sgapi())),
                    commit.submit(cdr(uuid), List.of(sgapi())),
                    commit.submit(cdr(uuid, "other", SomeCdrs.TODAY), List.of()),
                    commit.submit(cdr(UUID.randomUUID()), List.of())));

    Outcome.Stored first = (Outcome.Stored) outcomes.get(0);
    assertThat(outcomes.get(1))
        .isEqualTo(new Outcome.Duplicate(first.id(), first.tableSuffix(), first.tasks()));
    assertThat(outcomes.get(2)).isEqualTo(new Outcome.Conflict(first.id()));
    assertThat(outcomes.get(3)).isInstanceOf(Outcome.Stored.class);
    assertThat(db.one("SELECT COUNT(*) FROM normalized_cdrs")).isEqualTo("2");
    assertThat(db.one("SELECT COUNT(*) FROM tasks")).isEqualTo("1");
  }

  @Test
  void neverFailsTheNeighboursOfACdrThatTheDatabaseRefuses() {
    List<Outcome> outcomes =
        together(
            commit -> {
              List<CompletableFuture<Outcome>> answers = new ArrayList<>();
              for (int i = 0; i < 21; i++) {
                answers.add(
                    commit.submit(cdr(UUID.randomUUID()), List.of(i == 13 ? poison() : sgapi())));
              }
              return answers;
            });

    for (int i = 0; i < outcomes.size(); i++) {
      assertThat(outcomes.get(i))
          .isInstanceOf(i == 13 ? Outcome.Unstorable.class : Outcome.Stored.class);
    }
    assertThat(db.one("SELECT COUNT(*) FROM normalized_cdrs")).isEqualTo("20");
  }

  @Test
  void storesEachUuidOnceWhenTwoNodesRaceForIt() throws InterruptedException {
    List<GroupCommit> nodes = List.of(commit(), commit());
    List<UUID> uuids = new ArrayList<>();
    for (int i = 0; i < 200; i++) {
      uuids.add(UUID.randomUUID());
    }
    CountDownLatch go = new CountDownLatch(1);
    List<Outcome> outcomes = new CopyOnWriteArrayList<>();
    List<Thread> senders = new ArrayList<>();
    for (int sender = 0; sender < 8; sender++) {
      GroupCommit node = nodes.get(sender % 2);
      Thread thread =
          new Thread(
              () -> {
                awaitQuietly(go);
                for (UUID uuid : uuids) {
                  outcomes.add(store(node, cdr(uuid), sgapi()));
                }
              });
      thread.start();
      senders.add(thread);
    }
    go.countDown();
    for (Thread sender : senders) {
      sender.join();
    }

    assertThat(outcomes).hasSize(8 * 200);
    assertThat(outcomes).filteredOn(Outcome.Stored.class::isInstance).hasSize(200);
    assertThat(outcomes).filteredOn(Outcome.Duplicate.class::isInstance).hasSize(7 * 200);
    assertThat(db.one("SELECT COUNT(*) FROM normalized_cdrs")).isEqualTo("200");
    assertThat(db.one("SELECT COUNT(*) FROM tasks")).isEqualTo("200");
  }

  @Test
  void answersBusyWhenTooManyWait() {
    GroupCommit commit =
        new GroupCommit(
            db.database(),
            transaction(db.database()),
            bell,
            new GroupCommitLimits(1, 500, 8L << 20, 3, 64L << 20),
            new PrometheusRegistry());
    List<CompletableFuture<Outcome>> answers = new ArrayList<>();
    for (int i = 0; i < 4; i++) {
      answers.add(commit.submit(cdr(UUID.randomUUID()), List.of()));
    }
    assertThat(answers.get(3)).isCompletedWithValue(new Outcome.Busy());
    assertThat(answers.get(2)).isNotDone();
    started.add(commit);
    commit.start();
    commit.stop();
    assertThat(answers.get(2)).isCompletedWithValueMatching(Outcome.Stored.class::isInstance);
  }

  @Test
  void commitsWhoWaitsAndLetsNobodyInWhenItStops() {
    GroupCommit commit = commit();
    List<CompletableFuture<Outcome>> answers = new ArrayList<>();
    for (int i = 0; i < 50; i++) {
      answers.add(commit.submit(cdr(UUID.randomUUID()), List.of()));
    }
    commit.stop();

    assertThat(answers).allMatch(answer -> answer.join() instanceof Outcome.Stored);
    assertThat(store(commit, cdr(UUID.randomUUID()))).isEqualTo(new Outcome.Busy());
  }

  @Test
  void answersAtOnceWhenTheDatabaseIsGone() {
    Relay relay = new Relay(db);
    GroupCommit commit = commit(relay.database());
    assertThat(store(commit, cdr(UUID.randomUUID()))).isInstanceOf(Outcome.Stored.class);
    relay.cut();

    assertThat(commit.store(cdr(UUID.randomUUID()), List.of(), Deadline.in(LONG)))
        .isEqualTo(new Outcome.Unavailable());
  }

  @Test
  void answersByTheDeadlineWhenTheDatabaseHangsAndStoresTheRepeatOnce() {
    try (Relay relay = new Relay(db)) {
      GroupCommit commit = commit(relay.database());
      NewCdr cdr = cdr(UUID.randomUUID());
      relay.freeze();
      long before = System.nanoTime();
      Outcome late = commit.store(cdr, List.of(sgapi()), Deadline.in(Duration.ofMillis(200)));
      Duration waited = Duration.ofNanos(System.nanoTime() - before);
      relay.thaw();

      assertThat(late).isEqualTo(new Outcome.Unavailable());
      assertThat(waited).isLessThan(Duration.ofSeconds(8)); // 0.2 s, and a busy machine
      assertThat(store(commit, cdr, sgapi())).isInstanceOf(Outcome.Kept.class);
      assertThat(db.one("SELECT COUNT(*) FROM tasks")).isEqualTo("1");
    }
  }

  @Test
  void takesTheLockOfAnOldDayThatRetentionMightDrop() {
    GroupCommit commit = commit();
    store(commit, cdr(UUID.randomUUID(), "today", SomeCdrs.TODAY));
    store(commit, cdr(UUID.randomUUID(), "two days ago", SomeCdrs.TODAY - 2 * 86_400L));
    store(commit, cdr(UUID.randomUUID(), "three days ago", SomeCdrs.TODAY - 3 * 86_400L));

    assertThat(
            db.one(
                "SELECT GROUP_CONCAT(CONCAT_WS(' ', TableSuffix, newest_received)) FROM cdr_days"))
        .isEqualTo("20261118 2026-11-21 12:00:00.123");
  }

  private GroupCommit commit() {
    return commit(db.database());
  }

  private GroupCommit commit(Database database) {
    GroupCommit commit =
        new GroupCommit(database, transaction(database), bell, LIMITS, new PrometheusRegistry());
    commit.start();
    started.add(commit);
    return commit;
  }

  private static CdrTransaction transaction(Database database) {
    Clock clock = Clock.fixed(SomeCdrs.NOW, ZoneOffset.UTC);
    return new CdrTransaction(new CdrStore(clock), new TaskStore(new Gateways(database, clock)));
  }

  /** Submits while nobody commits yet, so that all share a group. */
  private List<Outcome> together(Function<GroupCommit, List<CompletableFuture<Outcome>>> submit) {
    GroupCommit commit =
        new GroupCommit(
            db.database(), transaction(db.database()), bell, LIMITS, new PrometheusRegistry());
    List<CompletableFuture<Outcome>> answers = submit.apply(commit);
    commit.start();
    started.add(commit);
    return answers.stream().map(CompletableFuture::join).toList();
  }

  private static Outcome store(GroupCommit commit, NewCdr cdr, NewTask... tasks) {
    return commit.store(cdr, List.of(tasks), Deadline.in(LONG));
  }

  private static String hex(UUID uuid) {
    return uuid.toString().replace("-", "").toUpperCase(Locale.ROOT);
  }

  private static void awaitQuietly(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
