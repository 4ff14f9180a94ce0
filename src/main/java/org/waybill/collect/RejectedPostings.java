package org.waybill.collect;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Objects;
import org.waybill.ledger.Account;
import org.waybill.ledger.Page;
import org.waybill.ledger.Postings;
import org.waybill.platform.Columns;

/**
 * Rejected documents in the ledger. What an operator decides about one later moves nothing there.
 */
final class RejectedPostings {
  private RejectedPostings() {}

  /**
   * @param again whether the same bytes were rejected before
   */
  static void kept(Connection connection, Arrived arrived, Rejection rejection, boolean again)
      throws SQLException {
    Page page = Page.of(arrived.at(), arrived.source(), rejection.rmOrgId());
    new Postings()
        .add(page, Account.RECEIVED, 1, 0)
        .add(page, again ? Account.REPEATED : Account.REJECTED, 1, 0)
        .write(connection);
  }

  /** To be called before an open one is explained anew: it may turn out to be another's. */
  static void explained(Connection connection, long id, Rejection rejection) throws SQLException {
    String sql =
        """
        SELECT received_at, source, rmOrgID FROM rejected_cdrs WHERE id = ? AND state = 'open'
          FOR UPDATE
        """;
    try (PreparedStatement select = connection.prepareStatement(sql)) {
      select.setLong(1, id);
      try (ResultSet row = select.executeQuery()) {
        if (row.next()) {
          Page before =
              Page.of(
                  Columns.instant(row, "received_at"),
                  row.getString("source"),
                  row.getObject("rmOrgID", Integer.class));
          moved(connection, before, new Page(before.day(), before.source(), rejection.rmOrgId()));
        }
      }
    }
  }

  private static void moved(Connection connection, Page before, Page now) throws SQLException {
    if (!Objects.equals(before, now)) {
      Postings postings = new Postings();
      for (Account account : new Account[] {Account.RECEIVED, Account.REJECTED}) {
        postings.add(before, account, -1, 0).add(now, account, 1, 0);
      }
      postings.write(connection);
    }
  }
}
