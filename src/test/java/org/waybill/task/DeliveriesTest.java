package org.waybill.task;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.Statement;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.waybill.cdr.TableSuffix;
import org.waybill.testing.TestDatabase;

class DeliveriesTest {
  private static final Instant NOON = Instant.parse("2026-11-21T12:00:00Z");
  private final TestDatabase db = TestDatabase.fresh();
  private final List<Delivery> rows = new ArrayList<>();

  @BeforeEach
  void fill() {
    for (int queue = 1; queue <= 2; queue++) {
      for (int i = 0; i < 1000; i++) {
        rows.add(row(queue, i % 3, NOON.plusSeconds(i / 10), i));
      }
    }
    inTransaction(
        connection -> {
          Deliveries.insert(connection, rows);
          return true;
        });
  }

  @Test
  void readsALaneInTheOrderOfItsKeyWithoutSortingOrLookingElsewhere() {
    List<String> plan =
        inTransaction(
            connection -> {
              String sql = "EXPLAIN " + LaneScan.scan("due_at >= ? AND due_at <= ?");
              try (PreparedStatement explain = connection.prepareStatement(sql)) {
                explain.setInt(1, 1);
                explain.setInt(2, 0);
                explain.setString(3, "2026-11-21 12:00:10");
                explain.setString(4, "2026-11-21 12:00:20");
                explain.setInt(5, 64);
                return plan(explain.executeQuery());
              }
            });
    assertThat(plan).hasSize(1);
    assertThat(plan.get(0)).startsWith("range PRIMARY").doesNotContain("filesort", "temporary");
  }

  @Test
  void looksAtNoMoreRowsThanAClaimTakes() {
    LaneRange range = new LaneRange(0, NOON.plusSeconds(10), null, NOON.plusSeconds(1000), 20);
    long handled =
        inTransaction(
            connection -> {
              try (Statement flush = connection.createStatement()) {
                flush.execute("FLUSH STATUS");
                assertThat(Deliveries.read(connection, 1, List.of(range))).hasSize(20);
                long reads = 0;
                try (ResultSet row =
                    flush.executeQuery("SHOW SESSION STATUS LIKE 'Handler_read%'")) {
                  while (row.next()) {
                    reads += row.getString(1).contains("rnd") ? 0 : row.getLong(2);
                  }
                }
                return reads;
              }
            });
    assertThat(handled).isLessThanOrEqualTo(25);
  }

  @Test
  void goesOnWithinOneMomentWhereTheLastReadEnded() {
    List<Delivery> same = new ArrayList<>();
    for (int i = 0; i < 100; i++) {
      same.add(row(3, 1, NOON, 5000 + i));
    }
    List<Long> read =
        inTransaction(
            connection -> {
              Deliveries.insert(connection, same);
              LaneRange rest = new LaneRange(1, NOON, 5060L, NOON, 30);
              return Deliveries.read(connection, 3, List.of(rest)).stream()
                  .map(Delivery::taskId)
                  .toList();
            });
    assertThat(read).hasSize(30).startsWith(5060L, 5061L).isSorted();
  }

  @Test
  void deletesByKeyWithoutTouchingNeighbours() {
    List<Delivery> some = List.of(rows.get(0), rows.get(500), rows.get(1500));
    List<String> plan =
        inTransaction(
            connection -> {
              assertThat(Deliveries.present(connection, some)).hasSize(2);
              assertThat(Deliveries.delete(connection, some)).isEqualTo(3);
              assertThat(Deliveries.delete(connection, some)).isZero();
              return List.of();
            });
    assertThat(plan).isEmpty();
  }

  private static List<String> plan(ResultSet row) throws java.sql.SQLException {
    List<String> plan = new ArrayList<>();
    while (row.next()) {
      plan.add(row.getString("type") + " " + row.getString("key") + " " + row.getString("Extra"));
    }
    return plan;
  }

  private <T> T inTransaction(org.waybill.platform.Database.Work<T> work) {
    return db.database().transact("test", work);
  }

  private static Delivery row(int queue, int lane, Instant due, long task) {
    return new Delivery(
        new DeliveryKey(task, DeliveryKind.STORAGE, 0),
        new Place(queue, lane, due),
        new Delivery.Origin(task, TableSuffix.parse("20261121"), 1),
        1,
        due,
        Progress.NONE);
  }
}
