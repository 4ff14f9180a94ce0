package org.waybill.dispatch;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.waybill.report.CircuitChange;
import org.waybill.report.CircuitHistory;
import org.waybill.testing.AuditLines;

/** An open circuit, what is told of it, and an operator who knows that the gateway is back. */
class ProbesTest {
  private final House house = new House();
  private final Probes probes = new Probes(house.database, house.gateways, house.bell, house.clock);
  private final CircuitHistory history = new CircuitHistory(house.database);

  @AfterEach
  void close() {
    house.close();
  }

  @Test
  void sendsWhatWaitsAtOnceThoughNeitherProbeNorDeliveryIsDue() {
    Sink sink = house.sink();
    sink.answer(403);
    int gateway = house.gateway("storage", sink).id();
    House.Node node = house.start("storage");
    long task = house.post();
    House.await(() -> circuit().equals("open"));
    sink.answer(200);
    assertThat(probes.ask(gateway, AuditLines.any())).isTrue();
    house.awaitDone(task, "y");
    assertThat(sink.received()).hasSize(2);
    House.await(() -> history.list(gateway, null, 10).size() == 2);
    List<CircuitChange> changes = history.list(gateway, null, 10);
    assertThat(changes)
        .extracting(one -> one.from() + " " + one.to() + " " + one.trips() + " " + one.node())
        .containsExactly("open half_open 1 " + node.id, "closed open 1 " + node.id);
    assertThat(changes.get(0).reason()).isEqualTo("An operator asked for a probe.");
    assertThat(changes.get(1).reason()).contains("403");
    assertThat(history.list(gateway, changes.get(0).id(), 10)).containsExactly(changes.get(1));
    assertThat(house.one("SELECT COUNT(*) FROM audit_log")).isEqualTo("2");
  }

  @Test
  void reachesANodeThatTakesTheQueueOverMeanwhile() {
    Sink sink = house.sink();
    sink.answer(403);
    int gateway = house.gateway("storage", sink).id();
    House.Node first = house.start("storage");
    long task = house.post();
    House.await(() -> circuit().equals("open"));
    first.stop();
    sink.answer(200);
    assertThat(probes.ask(gateway, AuditLines.any())).isTrue();
    house.start("storage");
    house.awaitDone(task, "y");
  }

  @Test
  void hasNothingToAskOfAClosedCircuit() {
    int gateway = house.gateway("storage", house.sink()).id();
    house.start("storage");
    house.awaitDone(house.post(), "y");
    String lines = house.one("SELECT COUNT(*) FROM audit_log");
    assertThat(probes.ask(gateway, AuditLines.any())).isFalse();
    assertThat(house.one("SELECT COUNT(*) FROM audit_log")).isEqualTo(lines);
    assertThat(history.list(gateway, null, 10)).isEmpty();
  }

  @Test
  void forgetsWhatCircuitsDidBeforeTheRetentionTime() {
    for (int days : List.of(9, 11)) {
      house.db.execute(
          "INSERT INTO gateway_circuit_changes"
              + " (id_gateways, at, from_state, to_state, trips, reason, node)"
              + " VALUES (1, UTC_TIMESTAMP(3) - INTERVAL "
              + days
              + " DAY, 'closed', 'open', 1, '"
              + days
              + "', 1)");
    }
    new CircuitUpkeep(house.database, house.clock, Duration.ofDays(10)).purge();
    assertThat(history.list(1, null, 10)).extracting(CircuitChange::reason).containsExactly("9");
  }

  private String circuit() {
    return house.one("SELECT COALESCE(MAX(state), '') FROM gateway_circuits");
  }
}
