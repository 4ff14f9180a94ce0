package org.waybill.dispatch;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.waybill.task.Gateway;
import org.waybill.task.NewGateway;
import org.waybill.task.NewTask;
import org.waybill.task.Priority;
import org.waybill.testing.AuditLines;

/** What waits for whom, and where it goes when the address book changes. */
class RoutesTest {
  private final House house = new House();

  @AfterEach
  void close() {
    house.close();
  }

  @Test
  void waitsWhileThereIsNoGatewayAndGoesAsSoonAsThereIsOne() {
    house.start();
    long task = house.post();
    House.await(() -> house.one("SELECT COUNT(*) FROM gateway_leases WHERE node = 1").equals("1"));
    assertThat(house.one("SELECT CONCAT_WS(' ', id_gateways, failures) FROM deliveries"))
        .isEqualTo("0 0");
    assertThat(house.done(task)).isEqualTo("n");
    Sink sink = house.sink();
    house.gateway("storage", sink);
    house.awaitDone(task, "y");
    assertThat(house.one("SELECT retry FROM tasks")).isEqualTo("0");
  }

  @Test
  void countsWhatWaitsForAGatewayThatIsNotThere() {
    house.post(new NewTask("SendEmail", Priority.LOW, List.of(), "<task type=\"SendEmail\"/>"));
    House.Node node = house.start();
    House.await(() -> node.figure("waybill_queue_backlog", Gateway.NONE) == 1);
  }

  @Test
  void movesWhatWasNeverSentWhenAnOrganizationGetsItsOwnGateway() {
    Sink general = house.sink();
    Sink own = house.sink();
    Gateway first = house.gateway("storage", general);
    house.gateways.pause(first.id(), AuditLines.any());
    house.start();
    long task = house.post();
    house.gateway(new NewGateway("storage", null, own.url(), 1001, null, 4, null));
    house.awaitDone(task, "y");
    assertThat(own.received()).hasSize(1);
    assertThat(general.received()).isEmpty();
  }

  @Test
  void keepsWhatWasSentOnceWithItsGatewayAndMovesTheRestWhenThatIsTakenOutOfUse() {
    house.schedule = List.of(Duration.ofHours(1));
    Sink first = house.sink();
    first.answer(500);
    Gateway gateway = house.gateway("storage", first);
    House.Node before = house.start();
    long bound = house.post();
    House.await(() -> house.one("SELECT bound FROM deliveries").equals("1"));
    before.stop();
    house.gateways.deactivate(gateway.id(), AuditLines.any());
    // The commit of a door that has not heard of it yet.
    long free = house.post();
    house.db.execute(
        "UPDATE deliveries SET id_gateways = " + gateway.id() + " WHERE id_tasks = " + free);
    house.start();
    Sink second = house.sink();
    House.await(
        () -> house.one("SELECT id_gateways FROM deliveries WHERE id_tasks = " + free).equals("0"));
    house.gateway("storage", second);
    house.awaitDone(free, "y");
    assertThat(second.keys()).containsExactly(free + "-storage-0");
    assertThat(house.one("SELECT id_gateways FROM deliveries WHERE id_tasks = " + bound))
        .isEqualTo(Integer.toString(gateway.id()));
  }

  @Test
  void sendsNothingToAPausedGatewayUntilItIsResumed() {
    Sink sink = house.sink();
    Gateway gateway = house.gateway("storage", sink);
    house.gateways.pause(gateway.id(), AuditLines.any());
    house.start();
    long task = house.post();
    House.await(() -> house.one("SELECT COUNT(node) FROM gateway_leases").equals("2"));
    assertThat(sink.received()).isEmpty();
    house.gateways.resume(gateway.id(), AuditLines.any());
    house.awaitDone(task, "y");
  }

  @Test
  void leavesATaskThatNobodyHandlesWaiting() {
    house.start();
    long unknown = house.post(new NewTask("CBFinish", Priority.HIGH, List.of(), "<task/>"));
    Sink sink = house.sink();
    house.gateway("storage", sink);
    house.awaitDone(house.post(), "y");
    assertThat(house.done(unknown)).isEqualTo("n");
    assertThat(house.one("SELECT next_attempt FROM tasks WHERE id = " + unknown)).isEqualTo("null");
  }

  @Test
  void servesHighFirstAndLetsLowThroughAllTheSame() {
    Sink sink = house.sink();
    house.gateway(new NewGateway("storage", null, sink.url(), null, null, 1, null));
    List<NewTask> low = new ArrayList<>();
    List<NewTask> high = new ArrayList<>();
    for (int i = 0; i < 50; i++) {
      low.add(new NewTask("CDRToSGAPI", Priority.LOW, List.of(), "<task/>"));
      high.add(new NewTask("CDRToSGAPI", Priority.HIGH, List.of(), "<task/>"));
    }
    HashSet<Long> lows = new HashSet<>(house.post(low));
    house.post(high);
    house.start();
    House.await(() -> sink.received().size() == 100);
    List<Boolean> isLow =
        sink.keys().stream()
            .map(key -> lows.contains(Long.parseLong(key.substring(0, key.indexOf('-')))))
            .toList();
    long lowAmongFirst = isLow.subList(0, 50).stream().filter(each -> each).count();
    assertThat(lowAmongFirst).isEqualTo(5);
  }

  @Test
  void keepsToTheRateOfAGateway() {
    Sink sink = house.sink();
    house.gateway(new NewGateway("storage", null, sink.url(), null, null, 32, 7));
    house.start();
    house.post(Priority.HIGH, 30, 0);
    House.await(() -> sink.received().size() == 7);
    house.awaitDone(1, "n");
    House.await(() -> sink.received().size() >= 14);
    assertThat(
            house.one(
                "SELECT MAX(n) <= 7 FROM (SELECT (SELECT COUNT(*) FROM attempts b WHERE"
                    + " b.started_at >= a.started_at AND b.started_at < a.started_at + INTERVAL 1"
                    + " SECOND) AS n FROM attempts a) AS windows"))
        .isEqualTo("1");
  }

  @Test
  void takesLimitsThatChangeWhileItRuns() {
    Sink sink = house.sink();
    NewGateway slow = new NewGateway("storage", null, sink.url(), null, null, 32, 1);
    int gateway = house.gateway(slow).id();
    house.start();
    long task = house.post(Priority.HIGH, 60, 0);
    House.await(() -> sink.received().size() == 1);
    NewGateway quick = new NewGateway("storage", null, sink.url(), null, null, 32, null);
    house.gateways.update(gateway, quick, null, AuditLines.any());
    house.awaitDone(task, "y");
  }
}
