package org.waybill.cdr;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.waybill.cdr.CdrRows.clockAt;

import java.sql.Connection;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.waybill.cdr.Retention.KeptDay;
import org.waybill.platform.Database;
import org.waybill.testing.TestDatabase;

class RetentionTest {
  private static final LocalDate FIRST = LocalDate.of(2026, 11, 21);
  private static final LocalDate OLD = LocalDate.of(2003, 5, 17);
  private static final Duration KEPT = Duration.ofDays(30);

  private final TestDatabase testDatabase = TestDatabase.fresh();
  private final Database database = testDatabase.database();
  private final CdrRows rows = new CdrRows(database);

  @BeforeEach
  void layOut() {
    new Partitions(database, clockAt(FIRST)).ensure();
  }

  @Test
  void takesADayWithAllItsRowsAndKeysAndNoOther() {
    add(FIRST, FIRST, "y");
    add(FIRST, FIRST, "cancelled");
    add(FIRST.plusDays(1), FIRST.plusDays(1), "y");
    run(FIRST.plusDays(34));
    assertRows(FIRST, 0);
    assertRows(FIRST.plusDays(1), 1);
    assertThat(rows.count("SELECT COUNT(*) FROM cdr_days")).isZero();
  }

  @Test
  void takesTheSumsOfADayWithItAndTheBooksOfWhatCameInBefore() {
    add(FIRST, FIRST, "y");
    add(FIRST.plusDays(1), FIRST.plusDays(1), "y");
    testDatabase.execute(
        "INSERT INTO cdr_ranges SELECT MIN(id), MAX(id), 1, MIN(TableSuffix), MAX(TableSuffix), 0"
            + " FROM normalized_cdrs");
    new Folding(database).runAll();
    assertThat(rows.count("SELECT COUNT(*) FROM ledger")).isEqualTo(2);
    run(FIRST.plusDays(34));
    assertThat(rows.count("call_overall", FIRST)).isZero();
    assertThat(rows.count("call_overall", FIRST.plusDays(1))).isEqualTo(8);
    for (String table : List.of("call_sums", "call_totals", "number_sums")) {
      assertThat(rows.count(table, FIRST)).isZero();
      assertThat(rows.count(table, FIRST.plusDays(1))).isEqualTo(2);
    }
    assertThat(rows.count("SELECT COUNT(*) FROM ledger")).isZero();
  }

  @Test
  void keepsADayUntilItsNewestCdrWasReceivedLongAgo() {
    add(FIRST, FIRST, "y");
    add(FIRST, FIRST.plusDays(20), "y");
    run(FIRST.plusDays(40));
    assertRows(FIRST, 2);
    run(FIRST.plusDays(51));
    assertRows(FIRST, 0);
  }

  @Test
  void believesTheCdrsWhereADayHasNoRecordOfALateOne() {
    add(FIRST, FIRST.plusDays(20), "y");
    testDatabase.execute("DELETE FROM cdr_days");
    run(FIRST.plusDays(40));
    assertRows(FIRST, 1);
  }

  @Test
  void keepsADayWithUndoneTasksAndSaysSo() {
    add(FIRST, FIRST, "n");
    add(FIRST, FIRST, "error");
    add(FIRST, FIRST, "y");
    Retention retention = at(FIRST.plusDays(34));
    retention.run();
    assertRows(FIRST, 3);
    assertThat(retention.keptDays()).containsExactly(new KeptDay(new TableSuffix(FIRST), 2));
    testDatabase.execute("UPDATE tasks SET done = 'cancelled' WHERE done <> 'y'");
    retention.run();
    assertRows(FIRST, 0);
    assertThat(retention.keptDays()).isEmpty();
  }

  @Test
  void keepsAnOldDayForAsLongAsAnyOther() {
    add(OLD, FIRST, "y");
    run(FIRST.plusDays(29));
    assertRows(OLD, 1);
    run(FIRST.plusDays(31));
    assertRows(OLD, 0);
  }

  @Test
  void takesADayOutOfACoarsePartitionRowByRow() {
    for (int i = 0; i < 3; i++) {
      add(OLD, FIRST, "y");
      add(OLD.plusDays(1), FIRST.plusDays(10), "y");
    }
    run(FIRST.plusDays(31));
    assertRows(OLD, 0);
    assertRows(OLD.plusDays(1), 3);
  }

  @Test
  void takesAnOldDayThatWasSplitOutAtOnce() {
    add(OLD, FIRST, "y");
    add(OLD.plusDays(1), FIRST.plusDays(10), "y");
    new Partitions(database, clockAt(FIRST)).split(List.of(OLD));
    run(FIRST.plusDays(31));
    assertRows(OLD, 0);
    assertRows(OLD.plusDays(1), 1);
  }

  @Test
  void takesInACdrOfADayThatLeft() {
    UUID uuid = UUID.randomUUID();
    rows.add(uuid, FIRST, clockAt(FIRST).instant(), "y");
    run(FIRST.plusDays(34));
    assertThat(rows.add(uuid, FIRST, clockAt(FIRST.plusDays(34)).instant(), "n")).isTrue();
    run(FIRST.plusDays(36));
    assertRows(FIRST, 1);
  }

  @Test
  void aLateCdrThatIsBeingStoredKeepsItsDay() throws Exception {
    add(FIRST, FIRST, "y");
    LocalDate today = FIRST.plusDays(34);
    try (Connection late = testDatabase.dataSource().getConnection()) {
      late.setAutoCommit(false);
      CdrRows.add(late, UUID.randomUUID(), FIRST, clockAt(today).instant(), "y");
      CompletableFuture<Void> retention = CompletableFuture.runAsync(() -> run(today));
      waitForALock();
      late.commit();
      retention.get(20, TimeUnit.SECONDS);
    }
    assertRows(FIRST, 2);
  }

  @Test
  void aLeavingDayTakesInNothing() {
    add(FIRST, FIRST, "y");
    Instant now = clockAt(FIRST.plusDays(34)).instant();
    Departures departures = new Departures(database);
    assertThat(departures.begin(new TableSuffix(FIRST), now.minus(KEPT), "node 1")).isTrue();
    assertThat(rows.add(UUID.randomUUID(), FIRST, now, "y")).isFalse();
    assertThat(hold(FIRST)).isFalse();
    assertThat(hold(FIRST.plusDays(1))).isTrue();
  }

  @Test
  void anotherNodeFinishesADayThatWasLeftHalfGone() {
    add(FIRST, FIRST, "y");
    LocalDate today = FIRST.plusDays(34);
    Instant cutoff = clockAt(today).instant().minus(KEPT);
    new Departures(database).begin(new TableSuffix(FIRST), cutoff, "a node that died");
    testDatabase.execute("DELETE FROM cdr_keys", "DELETE FROM tasks_data");
    run(today);
    assertThat(rows.count("normalized_cdrs", FIRST)).isOne();
    testDatabase.execute("UPDATE cdr_days SET leaving_since = leaving_since - INTERVAL 6 MINUTE");
    run(today);
    assertRows(FIRST, 0);
    assertThat(rows.count("SELECT COUNT(*) FROM cdr_days")).isZero();
  }

  @Test
  void aNodeThatWasOvertakenTakesNothingMore() {
    add(FIRST, FIRST, "y");
    TableSuffix day = new TableSuffix(FIRST);
    Departures departures = new Departures(database);
    departures.begin(day, clockAt(FIRST.plusDays(34)).instant().minus(KEPT), "node 2");
    Partitions partitions = new Partitions(database, clockAt(FIRST));
    assertThatThrownBy(() -> new DayRemoval(database, departures, partitions, day, "node 1").run())
        .isInstanceOf(DayTakenOverException.class);
    assertRows(FIRST, 1);
  }

  @Test
  void aReRunKeepsItsDay() {
    add(FIRST, FIRST, "y");
    LocalDate today = FIRST.plusDays(10);
    assertThat(hold(FIRST)).isTrue();
    run(today);
    assertRows(FIRST, 1);
  }

  private void run(LocalDate today) {
    at(today).run();
  }

  private Retention at(LocalDate today) {
    return new Retention(database, clockAt(today), KEPT);
  }

  private boolean hold(LocalDate day) {
    return database.transact(
        "hold", connection -> new OldDays().hold(connection, new TableSuffix(day)));
  }

  private void add(LocalDate day, LocalDate received, String done) {
    rows.add(UUID.randomUUID(), day, clockAt(received).instant(), done);
  }

  private void assertRows(LocalDate day, int expected) {
    for (DayTable table : DayTable.values()) {
      assertThat(rows.count(table.table(), day)).as(table.table()).isEqualTo(expected);
    }
    assertThat(rows.count("cdr_keys", day)).as("cdr_keys").isEqualTo(expected);
  }

  /** Until the other transaction waits for ours. */
  private void waitForALock() throws InterruptedException {
    String sql = "SELECT COUNT(*) FROM information_schema.INNODB_TRX WHERE trx_state = 'LOCK WAIT'";
    for (int i = 0; i < 400 && rows.count(sql) == 0; i++) {
      Thread.sleep(10);
    }
  }
}
