package org.waybill.cdr;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import org.waybill.ledger.Account;

/**
 * Keeps sums and ledger right when what is counted of a stored CDR changes: takes what it was away
 * and adds what it is. Whoever changes it holds the lock of its raw document, so no two do at once.
 */
final class Recount {
  private final String which;
  private final boolean changes;
  private boolean summed;

  private Recount(String which, boolean changes) {
    this.which = which;
    this.changes = changes;
  }

  /** To be called before the change. */
  static Recount before(Connection connection, StoredCdr cdr, Cdr now) throws SQLException {
    String which = "id = %d AND TableSuffix = '%s'".formatted(cdr.id(), cdr.tableSuffix());
    Recount recount = new Recount(which, !countsAlike(connection, which, now));
    if (recount.changes) {
      recount.summed = !CdrRanges.touch(connection, cdr.id());
      recount.count(connection, -1);
    }
    return recount;
  }

  /** To be called after it. */
  void after(Connection connection) throws SQLException {
    if (changes) {
      count(connection, 1);
    }
  }

  private void count(Connection connection, int sign) throws SQLException {
    if (!summed) {
      CallSums.post(connection, which, sign, Account.STORED, Account.AMENDED);
      return;
    }
    CallSums.post(connection, which, sign, Account.STORED, Account.AMENDED, Account.FOUND);
    if (sign > 0) {
      CallSums.add(connection, which);
    } else {
      CallSums.subtract(connection, which);
    }
  }

  /** Most amendments are about something else. */
  private static boolean countsAlike(Connection connection, String which, Cdr now)
      throws SQLException {
    String sql =
        """
        SELECT 1 FROM normalized_cdrs WHERE %s AND start_epoch = ? AND calling_number <=> ?
          AND called_number <=> ? AND direction <=> ? AND hangup_cause <=> ? AND billsec <=> ?
          AND operator_name <=> ?
        """
            .formatted(which);
    CallFacts facts = CallFacts.of(now);
    try (PreparedStatement select = connection.prepareStatement(sql)) {
      select.setLong(1, now.startEpoch());
      select.setString(2, facts.callingNumber());
      select.setString(3, facts.calledNumber());
      select.setString(4, facts.direction());
      select.setString(5, facts.hangupCause());
      select.setObject(6, facts.billsec());
      select.setString(7, facts.operatorName());
      try (ResultSet row = select.executeQuery()) {
        return row.next();
      }
    }
  }
}
