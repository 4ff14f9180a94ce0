package org.waybill.operation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.sql.ResultSet;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.waybill.operation.Operation.Progress;
import org.waybill.platform.Database;
import org.waybill.platform.DatabaseException;
import org.waybill.testing.LeapingClock;
import org.waybill.testing.Relay;
import org.waybill.testing.TestDatabase;

/** Operations on a real database, worked on by shifts whose turns a test takes. */
class OperationsTest {
  private static final Duration DEAD = Duration.ofMillis(600);
  private static final OperationTimes TIMES =
      new OperationTimes(
          DEAD,
          Duration.ofMillis(100),
          Duration.ofMillis(50),
          Duration.ofSeconds(100),
          Duration.ofMillis(1),
          3);

  private final TestDatabase db = TestDatabase.fresh();
  private final LeapingClock clock = new LeapingClock(Instant.parse("2026-11-21T12:00:00Z"));
  private final Counting counting = new Counting(db.database());
  private final Operations operations = new Operations(db.database(), List.of(counting));

  @Test
  void worksOnAllItemsAndTellsWhatCameOfEach() {
    Counting.createTable(db, 100);
    long id = start(0, null);
    finish(shift("a", counting, db.database()));

    Operation operation = find(id);
    assertThat(operation.state()).isEqualTo(OperationState.DONE);
    assertThat(operation.total()).isEqualTo(100);
    assertThat(operation.progress()).isEqualTo(new Progress(100, 100, 0));
    assertThat(operation.finishedAt()).isNotNull();
    assertThat(timesOfEach()).isEqualTo("1 1 100");
    List<NumberedOutcome> page = operations.outcomes(id, OutcomeFilter.ANY, 97L, 10);
    assertThat(page).hasSize(3);
    assertThat(page.get(2)).isEqualTo(new NumberedOutcome(100, ItemOutcome.ok("100", "Counted.")));
    assertThat(audit())
        .isEqualTo("operation.start anna tidying up, operation.done anna tidying up");
  }

  @Test
  void leavesOutWhatIsCreatedAfterTheStart() {
    Counting.createTable(db, 60);
    long id = start(0, null);
    Shift shift = shift("a", counting, db.database());
    shift.turn();
    shift.turn();
    Counting.add(db, 30);
    finish(shift);

    assertThat(find(id).progress()).isEqualTo(new Progress(60, 60, 0));
    assertThat(timesOfEach()).isEqualTo("0 1 90");
  }

  @Test
  void goesOnWhenItemsFail() {
    Counting.createTable(db, 50);
    long id = start(3, null);
    finish(shift("a", counting, db.database()));

    assertThat(find(id).state()).isEqualTo(OperationState.DONE);
    assertThat(find(id).progress()).isEqualTo(new Progress(50, 47, 3));
    assertThat(operations.outcomes(id, OutcomeFilter.FAILED, null, 10))
        .extracting(outcome -> outcome.outcome().item())
        .containsExactly("1", "2", "3");
    assertThat(timesOfEach()).isEqualTo("0 1 50");
  }

  @Test
  void isHeldAndLetGoByAnOperator() {
    Counting.createTable(db, 100);
    long id = start(0, null);
    Shift shift = shift("a", counting, db.database());
    shift.turn();
    shift.turn();
    assertThat(operations.pause(id, "bert")).isInstanceOf(Steered.Changed.class);
    finish(shift);
    assertThat(find(id).progress()).isEqualTo(new Progress(40, 40, 0));
    assertThat(operations.pause(id, "bert"))
        .isEqualTo(new Steered.Forbidden(OperationState.PAUSED));

    operations.resume(id, "bert");
    finish(shift);
    assertThat(find(id).progress()).isEqualTo(new Progress(100, 100, 0));
    assertThat(operations.cancel(id, "bert")).isEqualTo(new Steered.Forbidden(OperationState.DONE));
    assertThat(operations.cancel(999, "bert")).isEqualTo(new Steered.Unknown());
    assertThat(timesOfEach()).isEqualTo("1 1 100");
    assertThat(audit()).contains("operation.pause bert", "operation.resume bert");
  }

  @Test
  void isEndedByAnOperatorInTheMiddleOfAStretchThatStillCounts() {
    Counting.createTable(db, 100);
    long id = start(0, null);
    Shift shift = shift("a", counting, db.database());
    shift.turn();
    counting.atBegin = () -> operations.cancel(id, "bert");
    shift.turn();
    counting.atBegin = () -> {};
    finish(shift);

    assertThat(find(id).state()).isEqualTo(OperationState.CANCELLED);
    assertThat(find(id).progress()).isEqualTo(new Progress(40, 40, 0));
    assertThat(timesOfEach()).isEqualTo("0 1 100");
  }

  @Test
  void neverBeginsMoreThanItsRateInAnySecondAndNotLessInTen() {
    Counting.createTable(db, 1000);
    long id = start(0, 70);
    Shift shift = shift("a", counting, db.database());
    List<Long> processed = new ArrayList<>();
    for (int millis = 0; millis < 10_000; millis += 100) {
      while (shift.turn().isZero()) {}
      processed.add(find(id).progress().processed());
      clock.leap(Duration.ofMillis(100));
    }
    assertThat(processed.get(processed.size() - 1)).isEqualTo(700);
    for (int i = 10; i < processed.size(); i++) {
      assertThat(processed.get(i) - processed.get(i - 10)).isEqualTo(70);
    }
  }

  @Test
  void goesOnAtAnotherRateAtOnceAndTellsWhichItReaches() {
    Counting.createTable(db, 1000);
    long id = start(0, 10);
    Shift shift = shift("a", counting, db.database());
    work(shift, Duration.ofSeconds(20));
    assertThat(find(id).progress().processed()).isEqualTo(200);
    assertThat(find(id).achievedPerSecond()).isCloseTo(10, within(1.0));

    assertThat(operations.rate(id, 40, "bert")).isInstanceOf(Steered.Changed.class);
    work(shift, Duration.ofSeconds(1));
    assertThat(find(id).progress().processed()).isEqualTo(240);
    work(shift, Duration.ofSeconds(11));
    assertThat(find(id).progress().processed()).isEqualTo(680);
    assertThat(find(id).achievedPerSecond()).isCloseTo(40, within(4.0));

    operations.rate(id, null, "bert");
    finish(shift);
    assertThat(find(id).state()).isEqualTo(OperationState.DONE);
    assertThat(find(id).achievedPerSecond()).isNull();
    assertThat(operations.rate(id, 5, "bert"))
        .isEqualTo(new Steered.Forbidden(OperationState.DONE));
    assertThat(
            one(
                "SELECT GROUP_CONCAT(detail ORDER BY id) FROM audit_log"
                    + " WHERE action = 'operation.rate'"))
        .isEqualTo("from 10 a second to 40 a second,from 40 a second to as fast as it goes");
  }

  private void work(Shift shift, Duration time) {
    for (Duration done = Duration.ZERO; done.compareTo(time) < 0; done = done.plusMillis(100)) {
      while (shift.turn().isZero()) {}
      clock.leap(Duration.ofMillis(100));
    }
  }

  @Test
  void goesOnAtAnotherNodeAfterACrashWithNothingLostOrDoneTwice() {
    Counting.createTable(db, 200);
    long id = start(0, null);
    try (Relay relay = new Relay(db)) {
      Counting dying = new Counting(relay.database());
      Shift one = shift("one", dying, relay.database());
      one.turn();
      one.turn();
      // In the middle of the next stretch, with items counted and not yet committed.
      dying.beforeCommit = relay::cut;
      assertThatThrownBy(one::turn).isInstanceOf(DatabaseException.class);
    }
    Shift two = shift("two", counting, db.database());
    assertThat(two.turn()).isPositive();
    assertThat(find(id).progress()).isEqualTo(new Progress(40, 40, 0));
    sleep(DEAD.plusMillis(100));
    finish(two);

    assertThat(find(id).progress()).isEqualTo(new Progress(200, 200, 0));
    assertThat(timesOfEach()).isEqualTo("1 1 200");
    assertThat(operations.outcomes(id, OutcomeFilter.ANY, null, 1000)).hasSize(200);
  }

  @Test
  void aNodeThatWasPausedTooLongChangesNothing() {
    Counting.createTable(db, 100);
    long id = start(0, null);
    Counting slow = new Counting(db.database());
    Shift one = shift("one", slow, db.database());
    Shift two = shift("two", counting, db.database());
    one.turn();
    slow.atBegin =
        () -> {
          sleep(DEAD.plusMillis(100));
          two.turn();
          two.turn();
        };
    one.turn();
    finish(two);

    assertThat(find(id).progress()).isEqualTo(new Progress(100, 100, 0));
    assertThat(timesOfEach()).isEqualTo("1 1 100");
  }

  @Test
  void isHandedOverAtOnceByANodeThatStops() {
    Counting.createTable(db, 100);
    long id = start(0, null);
    Shift one = shift("one", counting, db.database());
    one.turn();
    one.turn();
    one.end();
    finish(shift("two", counting, db.database()));

    assertThat(find(id).state()).isEqualTo(OperationState.DONE);
    assertThat(timesOfEach()).isEqualTo("1 1 100");
  }

  @Test
  void failsWithASentenceWhenItCannotGoOnAndIsResumed() {
    Counting.createTable(db, 100);
    long id = start(0, null);
    counting.atBegin =
        () -> {
          throw new NotNow("the moon is full.");
        };
    Shift shift = shift("a", counting, db.database());
    for (int i = 0; i < 10; i++) {
      shift.turn();
      clock.leap(Duration.ofSeconds(1));
    }
    assertThat(find(id).state()).isEqualTo(OperationState.FAILED);
    assertThat(find(id).problem()).isEqualTo("It could not go on: the moon is full.");
    counting.atBegin = () -> {};
    operations.resume(id, "anna");
    finish(shift);

    assertThat(find(id).state()).isEqualTo(OperationState.DONE);
    assertThat(find(id).problem()).isNull();
    assertThat(timesOfEach()).isEqualTo("1 1 100");
  }

  @Test
  void failsWhenNobodyKnowsItsKind() {
    Counting.createTable(db, 1);
    long id = start(0, null);
    db.execute("UPDATE operations SET kind = 'of.tomorrow'");
    finish(shift("a", counting, db.database()));
    assertThat(find(id).state()).isEqualTo(OperationState.FAILED);
    assertThatThrownBy(() -> operations.matching("of.tomorrow", "{}"))
        .hasMessageContaining("no kind of operation called of.tomorrow");
  }

  @Test
  void forgetsOutcomesAMonthAfterTheEnd() {
    Counting.createTable(db, 10);
    long old = start(0, null);
    finish(shift("a", counting, db.database()));
    long young = start(0, null);
    finish(shift("a", counting, db.database()));
    db.execute(
        "UPDATE operations SET finished_at = finished_at - INTERVAL 31 DAY WHERE id = " + old);
    finish(shift("a", counting, db.database()));

    assertThat(operations.outcomes(old, OutcomeFilter.ANY, null, 100)).isEmpty();
    assertThat(operations.outcomes(young, OutcomeFilter.ANY, null, 100)).hasSize(10);
    assertThat(operations.list(OperationState.DONE, Counting.NAME, null, 10))
        .extracting(Operation::id)
        .containsExactly(young, old);
  }

  private long start(int failing, @Nullable Integer rate) {
    return operations.start(
        new NewOperation(Counting.NAME, String.valueOf(failing), rate, "anna", "tidying up"));
  }

  private Operation find(long id) {
    return operations.find(id).orElseThrow();
  }

  private Shift shift(String node, OperationKind kind, Database database) {
    return new Shift(
        new OperationRoom(
            database,
            new OperationLeases(node, DEAD),
            new OperationKinds(List.of(kind)),
            clock,
            TIMES));
  }

  /** Until there is nothing to do. */
  private static void finish(Shift shift) {
    while (shift.turn().isZero()) {}
  }

  /** Least, most, and how many. */
  private String timesOfEach() {
    return one("SELECT CONCAT_WS(' ', MIN(times), MAX(times), COUNT(*)) FROM counted");
  }

  private String audit() {
    return one(
        "SELECT GROUP_CONCAT(CONCAT_WS(' ', action, who, reason) ORDER BY id SEPARATOR ', ')"
            + " FROM audit_log");
  }

  private String one(String sql) {
    return db.database()
        .read(
            "ask",
            connection -> {
              try (ResultSet row = connection.createStatement().executeQuery(sql)) {
                row.next();
                return String.valueOf(row.getString(1));
              }
            });
  }

  private static void sleep(Duration time) {
    try {
      Thread.sleep(time.toMillis());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
