package org.waybill.dispatch;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.TreeSet;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.waybill.cdr.CdrStore;
import org.waybill.operation.Inline;
import org.waybill.operation.NewOperation;
import org.waybill.operation.NumberedOutcome;
import org.waybill.operation.Operation;
import org.waybill.operation.Operation.Progress;
import org.waybill.operation.OutcomeFilter;
import org.waybill.task.TaskFilter;

/** What operators do to all tasks that match, or to those that they name. */
class BulkSteeringTest {
  private final House house = new House();
  private final CdrStore cdrs = new CdrStore(house.clock);
  private final Inline inline =
      new Inline(
          house.database,
          new BulkRerun(house.database, house.tasks, cdrs, house.bell),
          new BulkCancel(house.database, house.tasks, cdrs),
          new BulkPriority(house.database, house.tasks, cdrs, house.bell),
          new BulkPostpone(house.database, house.tasks, cdrs));

  @AfterEach
  void close() {
    house.close();
  }

  @Test
  void triesAFewFirstThenTheRest() {
    house.gateway("storage", house.sink());
    List<Long> tasks = house.post(ErrorGroupsTest.many(20));
    tasks.forEach(task -> house.db.execute("DELETE FROM deliveries WHERE id_tasks = " + task));
    house.db.execute("UPDATE tasks SET done = 'error', waiting = 0, failed = 1");
    long trial =
        inline.operations.start(new NewOperation(BulkRerun.NAME, "{}", 5, null, "anna", "a trial"));
    inline.finish();
    Operation tried = inline.operations.find(trial).orElseThrow();
    assertThat(tried.progress()).isEqualTo(new Progress(5, 5, 0));
    assertThat(tried.total()).isEqualTo(5);
    assertThat(tried.limit()).isEqualTo(5);
    assertThat(house.one("SELECT MAX(id_tasks) FROM deliveries"))
        .isEqualTo(tasks.get(4).toString());
    assertThat(house.one("SELECT detail FROM audit_log WHERE action = 'operation.start'"))
        .contains("a trial of 5");
    assertThat(inline.run(BulkRerun.NAME, "{}").progress()).isEqualTo(new Progress(15, 15, 0));
  }

  @Test
  void endsThoseThatWaitAndGivesUpThoseThatFailedWhenAsked() {
    List<Long> tasks = house.post(ErrorGroupsTest.many(6));
    house.db.execute(
        "UPDATE tasks SET done = 'error', waiting = 0, failed = 1 WHERE id = " + tasks.get(5),
        "DELETE FROM deliveries WHERE id_tasks = " + tasks.get(5));
    assertThat(inline.run(BulkCancel.NAME, "{}").progress()).isEqualTo(new Progress(5, 5, 0));
    assertThat(house.one("SELECT COUNT(*) FROM deliveries")).isEqualTo("0");
    assertThat(house.done(tasks.get(5))).isEqualTo("error");
    inline.run(BulkCancel.NAME, "{\"state\":\"failed\"}");
    assertThat(house.one("SELECT COUNT(*) FROM tasks WHERE done = 'cancelled'")).isEqualTo("6");
  }

  @Test
  void saysOfEachThatIsNamedWhatCameOfIt() {
    List<Long> tasks = house.post(ErrorGroupsTest.many(3));
    String filter = TaskFilter.ofIds(new TreeSet<>(tasks)).json();
    house.db.execute("UPDATE tasks SET done = 'y', waiting = 0 WHERE id = " + tasks.get(1));
    Operation done = inline.run(BulkCancel.NAME, filter);
    assertThat(done.progress()).isEqualTo(new Progress(3, 2, 1));
    List<NumberedOutcome> outcomes =
        inline.operations.outcomes(done.id(), OutcomeFilter.ANY, null, 9);
    assertThat(outcomes)
        .extracting(outcome -> outcome.outcome().sentence())
        .containsExactly(
            "Deliveries taken out of their queues: 1.",
            "It is done by now.",
            "Deliveries taken out of their queues: 1.");
  }

  @Test
  void changesThePriorityOfWhatWaitsButLeavesABulkReRunInItsLane() {
    List<Long> tasks = house.post(ErrorGroupsTest.many(3));
    house.db.execute("UPDATE deliveries SET lane = 3 WHERE id_tasks = " + tasks.get(2));
    inline.run(BulkPriority.NAME, "{\"newPriority\":\"low\"}");
    assertThat(house.one("SELECT GROUP_CONCAT(lane ORDER BY id_tasks) FROM deliveries"))
        .isEqualTo("2,2,3");
    assertThat(house.one("SELECT COUNT(*) FROM tasks WHERE priority = 'low'")).isEqualTo("3");
    house.gateway("storage", house.sink());
    house.start();
    House.await(() -> house.one("SELECT COUNT(*) FROM tasks WHERE done = 'y'").equals("3"));
  }

  @Test
  void putsOffWhatWaitsUntilThen() {
    Sink storage = house.sink();
    house.gateway("storage", storage);
    long task = house.post();
    Instant until = house.clock.instant().plus(Duration.ofHours(3)).truncatedTo(ChronoUnit.SECONDS);
    inline.run(BulkPostpone.NAME, "{\"until\":\"" + until + "\"}");
    assertThat(
            house.one(
                "SELECT COUNT(*) FROM deliveries d JOIN tasks t ON t.id = d.id_tasks"
                    + " WHERE t.next_attempt = d.due_at AND d.due_at > UTC_TIMESTAMP() + INTERVAL 2 HOUR"))
        .isEqualTo("1");
    house.start();
    house.clock.leap(Duration.ofHours(4));
    house.bell.ring();
    house.awaitDone(task, "y");
    assertThat(storage.received()).hasSize(1);
  }

  @Test
  void countsASendThatIsUnderWayWhileItsDeliveryIsMoved() throws InterruptedException {
    Sink storage = house.sink();
    CountDownLatch moved = new CountDownLatch(1);
    storage.answer(
        request -> {
          try {
            moved.await();
          } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
          }
          return new Sink.Answer(200, "");
        });
    house.gateway("storage", storage);
    house.start();
    long task = house.post();
    House.await(() -> storage.received().size() == 1);
    inline.run(BulkPriority.NAME, "{\"newPriority\":\"high\"}");
    moved.countDown();
    house.awaitDone(task, "y");
    assertThat(house.one("SELECT COUNT(*) FROM deliveries")).isEqualTo("0");
    assertThat(storage.received()).hasSize(1);
    assertThat(house.one("SELECT priority FROM tasks")).isEqualTo("high");
  }
}
