package org.waybill.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.waybill.cdr.Folding;
import org.waybill.ledger.Account;
import org.waybill.testing.TestDatabase;

/** What a database held before there were statistics is in them, and the books balance. */
class BooksOfBeforeTest {
  private static final LocalDate NEW_YEAR = LocalDate.of(2025, 1, 1);
  private static final Instant MIDNIGHT = Instant.parse("2025-01-01T00:00:00Z");

  private final TestDatabase db = TestDatabase.asOf("13");

  @Test
  void takesOverWhatIsStored() {
    cdr(1, "2024-12-31 23:59:59.999", MIDNIGHT.getEpochSecond() - 1, 30);
    cdr(2, "2025-01-01 00:00:00.000", MIDNIGHT.getEpochSecond() - 1, 0);
    cdr(5, "2025-01-01 00:00:01.000", MIDNIGHT.getEpochSecond(), -3);
    task(2, "n");
    task(2, "y");
    task(5, "error");
    task(5, "cancelled");
    rejected('a', "NULL", 1);
    rejected('b', "1001", 3);

    db.migrate();
    compare();
    new Folding(db.database()).runAll();
    compare();
    assertThat(new CallAudit(db.database()).differences(NEW_YEAR)).isEmpty();
    assertThat(new CallAudit(db.database()).differences(NEW_YEAR.minusDays(1))).isEmpty();
  }

  private void compare() {
    LedgerReport ledger = new LedgerReport(db.database());
    List<LedgerLine> lines = ledger.read(NEW_YEAR.minusDays(1), NEW_YEAR.plusDays(1), true);
    assertThat(lines)
        .extracting(line -> line.page().day() + " " + line.page().rmOrgId() + " " + counts(line))
        .containsExactly(
            "2024-12-31 1001 1 1 0 0 30", "2025-01-01 null 1 0 1 0 0", "2025-01-01 1001 5 2 3 4 0");
    assertThat(lines).allMatch(LedgerLine::isBalanced);
    assertThat(days()).containsExactly("2024-12-31 2 30", "2025-01-01 1 0");
  }

  private static String counts(LedgerLine line) {
    return "%d %d %d %d %d"
        .formatted(
            line.count(Account.RECEIVED),
            line.count(Account.STORED),
            line.rejected(),
            line.count(Account.TASK),
            line.seconds(Account.STORED));
  }

  private List<String> days() {
    CallQuestion question = new CallQuestion(null, null, 1001, CallGroup.DAY);
    return new CallStatistics(db.database())
        .ask(question, null, 10).groups().stream()
            .map(day -> day.group() + " " + day.calls() + " " + day.seconds())
            .toList();
  }

  private void cdr(int id, String received, long start, int billsec) {
    db.execute(
        """
        INSERT INTO normalized_cdrs (id, plain, uuid, TableSuffix, rmOrgID, source, received_at,
          start_epoch, calling_number, billsec)
        VALUES (%d, '<cdr/>', UNHEX(LPAD(%d, 32, '0')), '20250101', 1001, 'some', '%s', %d, '+1555',
          %d)
        """
            .formatted(id, id, received, start, billsec));
  }

  private void task(int cdr, String done) {
    db.execute(
        """
        INSERT INTO tasks (id_normalized_cdrs, task_type, create_time, done, TableSuffix, rmOrgID)
        VALUES (%d, 'CDRToSGAPI', '2025-01-01 00:00:00.500', '%s', '20250101', 1001)
        """
            .formatted(cdr, done));
  }

  private void rejected(char hash, String organization, int times) {
    db.execute(
        """
        INSERT INTO rejected_cdrs (received_at, last_received_at, times, source, reason, rmOrgID,
          body_hash, body, violations, sender_organizations)
        VALUES ('2025-01-01 00:00:00', '2025-01-01 23:59:59.999', %d, 'some', 'INVALID', %s,
          REPEAT('%s', 32), 'x', '[]', '')
        """
            .formatted(times, organization, hash));
  }
}
