package org.waybill.report;

import java.util.List;
import org.waybill.cdr.Counted;
import org.waybill.ledger.Account;

/** What the ledger says, and what the rows of the other tables say of the same, in SQL. */
final class LedgerRows {
  /** What the rows can tell; of duplicates, nothing is left but their number. */
  static final List<Account> RECOMPUTED =
      List.of(
          Account.STORED,
          Account.REJECTED,
          Account.PENDING,
          Account.DONE,
          Account.FAILED,
          Account.CANCELLED);

  static final String BY_PAGE = " GROUP BY day, source, rmOrgID";

  static final String BOOKED =
      """
      SELECT day, source, rmOrgID, account, SUM(amount) AS amount, SUM(seconds) AS seconds
        FROM ledger WHERE day >= ? AND day < ? GROUP BY day, source, rmOrgID, account
      """;

  private static final String REJECTED =
      """
      SELECT DATE(received_at) AS day, source, COALESCE(rmOrgID, 0) AS rmOrgID,
        'rejected' AS account, COUNT(*) AS amount, 0 AS seconds
        FROM rejected_cdrs WHERE received_at >= ? AND received_at < ?
       GROUP BY DATE(received_at), source, COALESCE(rmOrgID, 0)
      """;

  private static final String TASKS =
      """
      SELECT DATE(create_time) AS day, source, rmOrgID,
        CASE done WHEN 'n' THEN 'pending' WHEN 'y' THEN 'done' WHEN 'error' THEN 'failed'
          ELSE 'cancelled' END AS account, COUNT(*) AS amount, 0 AS seconds
        FROM tasks WHERE create_time >= ? AND create_time < ?
       GROUP BY DATE(create_time), source, rmOrgID, done
      """;

  static final List<String> RECOMPUTE =
      List.of(cdrs(Account.STORED) + " GROUP BY day, source, rmOrgID", REJECTED, TASKS);

  private LedgerRows() {}

  /** CDRs received on some days, to be restricted and grouped {@link #BY_PAGE}. */
  static String cdrs(Account account) {
    return """
    SELECT DATE(received_at) AS day, source, rmOrgID, '%s' AS account, COUNT(*) AS amount,
      SUM(%s) AS seconds
      FROM normalized_cdrs WHERE received_at >= ? AND received_at < ?
    """
        .formatted(account.word(), Counted.SECONDS);
  }
}
