package org.waybill.cdr;

import static org.assertj.core.api.Assertions.assertThat;
import static org.waybill.cdr.CdrRows.clockAt;

import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Collections;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.Test;
import org.waybill.platform.Database;
import org.waybill.testing.TestDatabase;

class PartitionsTest {
  private static final LocalDate TODAY = LocalDate.of(2026, 11, 21);
  private static final LocalDate OLD = LocalDate.of(2003, 5, 17);

  private final Database database = TestDatabase.fresh().database();
  private final CdrRows rows = new CdrRows(database);
  private final SliceStore store = new SliceStore(database);

  @Test
  void laysOutAFreshDatabaseAlikeInEveryTable() {
    assertThat(at(TODAY).ready()).isFalse();
    at(TODAY).ensure();
    assertThat(at(TODAY).ready()).isTrue();
    List<Slice> slices = Layout.ahead(null, TODAY);
    for (DayTable table : DayTable.values()) {
      assertThat(store.slices(table)).as(table.table()).isEqualTo(slices);
    }
  }

  @Test
  void changesNothingTheSecondTime() {
    at(TODAY).ensure();
    List<Slice> before = store.slices(DayTable.TASKS);
    at(TODAY).ensure();
    at(TODAY).mergeEmpty();
    assertThat(store.slices(DayTable.TASKS)).isEqualTo(before);
  }

  @Test
  void addsDaysAsTimeGoesOn() {
    at(TODAY).ensure();
    for (int days : List.of(1, 3, 10, 30, 41, 60)) {
      LocalDate later = TODAY.plusDays(days);
      at(later).ensure();
      for (int ahead = -days; ahead <= 7; ahead++) {
        assertThat(slice(DayTable.ATTEMPTS, later.plusDays(ahead)).isDay()).isTrue();
      }
      assertThat(slice(DayTable.ATTEMPTS, later.plusDays(8)).name()).isEqualTo("pmax");
    }
  }

  @Test
  void movesRowsOutOfTheRestWhenMaintenanceDidNotRun() {
    at(TODAY).ensure();
    LocalDate late = TODAY.plusDays(12);
    add(late);
    assertThat(slice(DayTable.NORMALIZED_CDRS, late).name()).isEqualTo("pmax");
    at(late).ensure();
    assertThat(rows.count("SELECT COUNT(*) FROM normalized_cdrs PARTITION (p20261203)")).isOne();
  }

  @Test
  void twoNodesMayDoItAtOnce() throws Exception {
    ExecutorService nodes = Executors.newFixedThreadPool(2);
    try {
      for (int days = 0; days < 5; days++) {
        LocalDate today = TODAY.plusDays(days);
        Runnable ensure = () -> at(today).ensure();
        CompletableFuture.allOf(
                CompletableFuture.runAsync(ensure, nodes),
                CompletableFuture.runAsync(ensure, nodes))
            .get();
        assertThat(at(today).ready()).isTrue();
      }
    } finally {
      nodes.shutdown();
    }
  }

  @Test
  void splitsAnOldDayOutOfItsCoarsePartition() {
    at(TODAY).ensure();
    add(OLD);
    add(OLD.plusDays(40));
    at(TODAY).split(List.of(OLD));
    assertThat(rows.count("SELECT COUNT(*) FROM tasks PARTITION (p20030517)")).isOne();
    assertThat(rows.count("tasks", OLD.plusDays(40))).isOne();
    assertThat(store.slices(DayTable.TASKS))
        .extracting(Slice::name)
        .startsWith("before_20030517", "p20030517", "before_20100101", "before_20200101");
  }

  @Test
  void leavesALargeCoarsePartitionAsItIs() {
    at(TODAY).ensure();
    rows.add(UUID.randomUUID(), OLD, OLD.atStartOfDay().toInstant(ZoneOffset.UTC), "y");
    String values = "('<cdr/>', UUID_TO_BIN, '20030517', 1, 'x', NOW(), 1)";
    String all =
        String.join(
            ",", Collections.nCopies(1001, values.replace("UUID_TO_BIN", "REPEAT('u',16)")));
    for (int i = 0; i < 20; i++) {
      database.transact(
          "fill",
          connection ->
              connection
                  .createStatement()
                  .executeUpdate(
                      "INSERT INTO normalized_cdrs (plain, uuid, TableSuffix, rmOrgID, source,"
                          + " received_at, start_epoch) VALUES "
                          + all));
    }
    at(TODAY).split(List.of(OLD));
    assertThat(slice(DayTable.NORMALIZED_CDRS, OLD).name()).isEqualTo("before_20100101");
    assertThat(slice(DayTable.TASKS, OLD).name()).isEqualTo("p20030517");
  }

  @Test
  void joinsWhatIsEmptyIntoTheCoarsePartitionsOfAFreshDatabase() {
    at(TODAY).ensure();
    add(OLD);
    at(TODAY).split(List.of(OLD, LocalDate.of(2024, 2, 29)));
    at(TODAY).mergeEmpty();
    assertThat(store.slices(DayTable.TASKS))
        .extracting(Slice::name)
        .startsWith("before_20030517", "p20030517", "before_20100101", "before_20200101")
        .contains("before_20240101", "before_20250101")
        .doesNotContain("p20240229");
    LocalDate later = TODAY.plusDays(60);
    at(later).ensure();
    at(later).mergeEmpty();
    assertThat(slice(DayTable.TASKS, TODAY).name()).isEqualTo("before_20261216");
    assertThat(slice(DayTable.TASKS, later.minusDays(35)).isDay()).isTrue();
  }

  @Test
  void aQueryForADayReadsOnlyItsPartition() {
    at(TODAY).ensure();
    add(TODAY);
    String plan =
        database.read(
            "explain",
            connection -> {
              boolean mariaDb =
                  connection.getMetaData().getDatabaseProductVersion().contains("MariaDB");
              try (var explain =
                  connection
                      .createStatement()
                      .executeQuery(
                          (mariaDb ? "EXPLAIN PARTITIONS " : "EXPLAIN ")
                              + "SELECT COUNT(*) FROM tasks WHERE TableSuffix = '20261121'")) {
                explain.next();
                return explain.getString("partitions");
              }
            });
    assertThat(plan).isEqualTo("p20261121");
  }

  private Partitions at(LocalDate today) {
    return new Partitions(database, clockAt(today));
  }

  private Slice slice(DayTable table, LocalDate day) {
    return at(TODAY).sliceOf(table, day);
  }

  private void add(LocalDate day) {
    rows.add(UUID.randomUUID(), day, clockAt(day).instant(), "y");
  }
}
