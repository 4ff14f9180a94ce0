package org.waybill.dispatch;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.waybill.task.NewTask;
import org.waybill.task.Priority;

/** Several nodes on one database: who owns a queue, and what happens when an owner is gone. */
class NodesTest {
  private final House house = new House();

  @AfterEach
  void close() {
    house.close();
  }

  @Test
  void aNodeWithoutQueuesRestsInsteadOfTurningRound() {
    assertThat(house.start("smtp").dispatcher.sleep()).isPositive();
  }

  @Test
  void sendsNothingTwiceWhileTwoNodesShareTheQueues() {
    Sink storage = house.sink();
    Sink analytics = house.sink();
    house.gateway("storage", storage);
    house.gateway("analytics", analytics);
    House.Node one = house.start("storage", "analytics");
    House.Node two = house.start("storage", "analytics");
    House.await(
        () ->
            house
                .one("SELECT COUNT(DISTINCT node) * 10 + COUNT(node) FROM gateway_leases")
                .equals("23"));
    List<NewTask> tasks = new ArrayList<>();
    for (int i = 0; i < 500; i++) {
      tasks.add(new NewTask("CDRToSGAPI", Priority.MEDIUM, List.of(), "<task/>"));
    }
    house.post(tasks);
    house.post(Priority.HIGH, 0, 20);
    House.await(() -> house.one("SELECT COUNT(*) FROM tasks WHERE done <> 'y'").equals("0"));
    assertThat(storage.keys()).hasSize(500);
    assertThat(new HashSet<>(storage.keys())).hasSize(500);
    assertThat(analytics.keys()).hasSize(20);
    assertThat(List.of(one.id, two.id)).doesNotHaveDuplicates();
  }

  @Test
  void sharesQueuesEvenlyAndHandsThemOverToANewNodeAndBack() {
    for (int i = 0; i < 5; i++) {
      house.gateway("storage", house.sink());
    }
    House.Node one = house.start("storage");
    House.await(() -> owned(one).equals("6"));
    House.Node two = house.start("storage");
    House.await(() -> owned(one).equals("3") && owned(two).equals("3"));
    two.stop();
    House.await(() -> owned(one).equals("6"));
    house.awaitDone(house.post(Priority.LOW, 5, 0), "y");
  }

  @Test
  void takesOverFromADeadNodeAndSendsAgainUnderTheSameKey() {
    Sink sink = house.sink();
    sink.answer(r -> Sink.NONE);
    house.gateway("storage", sink);
    House.Node dead = house.start("storage");
    long task = house.post();
    House.await(() -> sink.received().size() == 1);
    dead.freeze();
    sink.answer(200);
    House.Node heir = house.start("storage");
    house.awaitDone(task, "y");
    assertThat(sink.received()).hasSize(2);
    assertThat(new HashSet<>(sink.keys())).containsExactly(task + "-storage-0");
    assertThat(house.one("SELECT node_index FROM tasks")).isEqualTo(Integer.toString(heir.id));
  }

  @Test
  void dropsWhatAZombieWantsToRecord() {
    CountDownLatch takenOver = new CountDownLatch(1);
    Sink sink = house.sink();
    sink.answer(
        r -> {
          try {
            takenOver.await();
          } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
          }
          return new Sink.Answer(500, "");
        });
    house.gateway("storage", sink);
    House.Node zombie = house.start("storage");
    long task = house.post();
    House.await(() -> sink.received().size() == 1);
    house.db.execute(
        "UPDATE gateway_leases SET node = 999, epoch = epoch + 1,"
            + " expires_at = UTC_TIMESTAMP(3) + INTERVAL 1 HOUR WHERE id_gateways = 1");
    takenOver.countDown();
    House.await(() -> zombie.figure("waybill_deliveries") > 0);
    assertThat(house.one("SELECT COUNT(*) FROM attempts")).isEqualTo("0");
    assertThat(house.one("SELECT retry FROM tasks")).isEqualTo("0");
    assertThat(house.one("SELECT CONCAT_WS(' ', bound, sends) FROM deliveries")).isEqualTo("0 0");
    assertThat(house.done(task)).isEqualTo("n");
  }

  @Test
  void finishesWhatIsUnderWayAndGivesItsQueuesBackWhenItIsStopped() {
    CountDownLatch stopping = new CountDownLatch(1);
    Sink sink = house.sink();
    sink.answer(
        r -> {
          try {
            stopping.await();
          } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
          }
          return new Sink.Answer(200, "");
        });
    house.gateway("storage", sink);
    House.Node node = house.start("storage");
    long task = house.post();
    House.await(() -> sink.received().size() == 1);
    node.dispatcher.stop();
    stopping.countDown();
    node.stop();
    assertThat(house.done(task)).isEqualTo("y");
    assertThat(house.one("SELECT COUNT(node) FROM gateway_leases")).isEqualTo("0");
  }

  @Test
  void goesOnWithTheCircuitOfTheFormerOwner() {
    Sink sink = house.sink();
    sink.answer(403);
    house.gateway("storage", sink);
    House.Node first = house.start("storage");
    house.post();
    House.await(() -> house.one("SELECT state FROM gateway_circuits").equals("open"));
    first.stop();
    sink.answer(200);
    House.Node second = house.start("storage");
    House.await(() -> owned(second).equals("2"));
    long other = house.post();
    house.clock.leap(Duration.ofSeconds(5));
    assertThat(house.done(other)).isEqualTo("n");
    assertThat(sink.received()).hasSize(1);
    house.clock.leap(Duration.ofSeconds(6));
    house.awaitDone(other, "y");
  }

  private String owned(House.Node node) {
    return house.one("SELECT COUNT(*) FROM gateway_leases WHERE node = " + node.id);
  }
}
