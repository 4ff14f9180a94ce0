package org.waybill.cdr;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.waybill.platform.Database;
import org.waybill.platform.DatabaseException;
import org.waybill.testing.TestDatabase;

class FoldingTest {
  private static final Instant NOW = Instant.parse("2026-11-21T12:00:00.123Z");
  private static final Days TODAY =
      Days.of(List.of(TableSuffix.ofEpochSecond(NOW.getEpochSecond())));

  private final TestDatabase db = TestDatabase.fresh();
  private final Database database = db.database();
  private final CdrStore store = new CdrStore(Clock.fixed(NOW, ZoneOffset.UTC));
  private final Folding folding = new Folding(database);

  @Test
  void countsEachCdrOnceWhateverIsFoldedWhen() {
    insert(70, 0, 10);
    assertThat(folding.run()).isEqualTo(Folding.Result.ALL);
    insert(20);
    insert(5);
    assertThat(folding.run()).isEqualTo(Folding.Result.ALL);
    assertThat(folding.run()).isEqualTo(Folding.Result.ALL);

    assertThat(db.one("SELECT COUNT(*) FROM cdr_ranges")).isEqualTo("0");
    assertThat(
            db.one(
                """
                SELECT GROUP_CONCAT(CONCAT_WS(' ', span, begins, direction, calls, answered, seconds)
                  ORDER BY span) FROM call_sums
                """))
        .isEqualTo("3600 1795262400  5 4 105,86400 1795219200  5 4 105");
    assertThat(
            db.one(
                """
                SELECT GROUP_CONCAT(CONCAT_WS(' ', span, begins, rmOrgID, calls, answered, seconds)
                  ORDER BY span) FROM call_totals
                """))
        .isEqualTo("3600 1795262400 1001 5 4 105,86400 1795219200 1001 5 4 105");
    assertThat(
            db.one(
                """
                SELECT GROUP_CONCAT(CONCAT_WS(' ', span, begins, kind, value, calls, answered, seconds)
                  ORDER BY span, kind) FROM call_overall WHERE kind IN ('all', 'operator')
                """))
        .isEqualTo(
            "3600 1795262400 all  5 4 105,3600 1795262400 operator  5 4 105,"
                + "86400 1795219200 all  5 4 105,86400 1795219200 operator  5 4 105");
    assertThat(
            db.one(
                """
                SELECT GROUP_CONCAT(CONCAT_WS(' ', side, number, calls, seconds) ORDER BY side)
                  FROM number_sums
                """))
        .isEqualTo("0 +1555 5 105,1  5 105");
    assertThat(db.one("SELECT COUNT(*) FROM ledger_entries")).isEqualTo("0");
    assertThat(
            db.one(
                "SELECT CONCAT_WS(' ', day, source, rmOrgID, account, amount, seconds) FROM ledger"))
        .isEqualTo("2026-11-21 some 1001 found 5 105");
  }

  @Test
  void noNumbersOfAnotherNodeLieBetweenThoseOfARange() {
    assertThat(CdrRanges.of(List.of(1L, 2L, 3L), TODAY))
        .containsExactly(new IdRange(1, 3, 1, TODAY));
    assertThat(CdrRanges.of(List.of(1L, 4L, 7L, 8L), TODAY))
        .containsExactly(new IdRange(1, 7, 3, TODAY), new IdRange(8, 8, 1, TODAY));
    assertThat(CdrRanges.of(List.of(9L), TODAY)).containsExactly(new IdRange(9, 9, 1, TODAY));
  }

  @Test
  void leavesAllAsItWasWhenItBreaksOff() {
    insert(70);
    db.execute("RENAME TABLE ledger_entries TO away");
    assertThatThrownBy(folding::run).isInstanceOf(DatabaseException.class);
    assertThat(db.one("SELECT COUNT(*) FROM call_sums")).isEqualTo("0");
    assertThat(db.one("SELECT COUNT(*) FROM cdr_ranges")).isEqualTo("1");

    db.execute("RENAME TABLE away TO ledger_entries");
    folding.runAll();
    assertThat(sums()).isEqualTo("1 70");
  }

  @Test
  void takesWhatWasThereBeforeItInPortions() {
    insert(1, 2, 4);
    db.execute("UPDATE cdr_ranges SET last_id = 50000");
    assertThat(folding.run()).isEqualTo(Folding.Result.MORE);
    assertThat(db.one("SELECT first_id FROM cdr_ranges")).isEqualTo("20001");
    folding.runAll();
    assertThat(db.one("SELECT COUNT(*) FROM cdr_ranges")).isEqualTo("0");
    assertThat(sums()).isEqualTo("3 7");
  }

  @Test
  void countsOnceWhatManyWritersStoreWhileManyFold() {
    CompletableFuture<?>[] all = new CompletableFuture<?>[4];
    for (int i = 0; i < all.length; i++) {
      boolean folds = i % 2 == 0;
      all[i] = CompletableFuture.runAsync(() -> work(folds), task -> new Thread(task).start());
    }
    CompletableFuture.allOf(all).join();
    folding.runAll();
    assertThat(sums()).isEqualTo("200 600");
    assertThat(db.one("SELECT CONCAT(SUM(amount), ' ', SUM(seconds)) FROM ledger"))
        .isEqualTo("200 600");
  }

  private void work(boolean folds) {
    for (int i = 0; i < 50; i++) {
      if (folds) {
        folding.run();
      } else {
        insert(1, 5);
      }
    }
  }

  @Test
  void makesADayAnewFromItsCdrsButNotFromThoseThatAreNotFolded() {
    insert(70);
    folding.runAll();
    insert(20);
    db.execute("UPDATE call_sums SET calls = 9");
    db.execute("UPDATE call_totals SET calls = 9");
    db.execute("UPDATE call_overall SET calls = 9");
    TableSuffix day = TODAY.first();
    folding.recount(day);
    assertThat(sums()).isEqualTo("1 70");
    folding.runAll();
    assertThat(sums()).isEqualTo("2 90");
    folding.recount(new TableSuffix(day.day().plusDays(1)));
    assertThat(sums()).as("of the neighbour, nothing is touched").isEqualTo("2 90");
  }

  private String sums() {
    String sums = "SELECT CONCAT(SUM(calls), ' ', SUM(seconds)) FROM %s WHERE span = 3600";
    String said = db.one(sums.formatted("call_sums"));
    assertThat(db.one(sums.formatted("call_totals"))).isEqualTo(said);
    String overall = sums.formatted("call_overall") + " AND kind = ";
    assertThat(db.one(overall + "'all'")).isEqualTo(said);
    assertThat(db.one(overall + "'cause'")).isEqualTo(said);
    return said;
  }

  private void insert(int... billsecs) {
    List<NewCdr> cdrs = new ArrayList<>();
    for (int billsec : billsecs) {
      cdrs.add(cdr(billsec));
    }
    database.transact("store", connection -> store.insert(connection, cdrs));
  }

  private static NewCdr cdr(int billsec) {
    UUID uuid = UUID.randomUUID();
    long start = NOW.getEpochSecond();
    Cdr cdr =
        new Cdr(
            uuid,
            null,
            start,
            new TableSuffix(LocalDate.ofInstant(NOW, ZoneOffset.UTC)),
            null,
            1001,
            null,
            List.of(
                new Variable("caller_id_number", "+1555"),
                new Variable("billsec", String.valueOf(billsec))));
    return new NewCdr(cdr, "<cdr/>", new ContentHash(new byte[32]), "some", NOW);
  }
}
