package org.waybill.cdr;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import org.waybill.ledger.Account;
import org.waybill.ledger.Page;
import org.waybill.ledger.Postings;

/**
 * The tables {@code call_sums}, {@code call_totals}, {@code call_overall} and {@code number_sums}.
 * CDRs are added to them, or taken away again, by the same statements; who does so sees to it that
 * no one is there twice.
 */
public final class CallSums {
  /** Seconds of an hour and of a day: the spans that each CDR is counted in. */
  public static final List<Integer> SPANS = List.of(3600, 86_400);

  private static final int DAY = 86_400;
  private static final List<String> NUMBERS = List.of("calling_number", "called_number");
  private static final String FIGURES =
      "%%1$d * COUNT(*), %%1$d * SUM(%s), %%1$d * SUM(%s), %%1$d * SUM(%s)"
          .formatted(Counted.ANSWERED, Counted.SECONDS, Counted.EFFECTIVE);

  private static final SumTable SUMS =
      new SumTable(
          "call_sums",
          List.of("rmOrgID", "direction", "hangup_cause", "operator_name"),
          cell ->
              List.of(
                  List.of(
                      cell.rmOrgId(), cell.direction(), cell.hangupCause(), cell.operatorName())));
  private static final SumTable TOTALS =
      new SumTable("call_totals", List.of("rmOrgID"), cell -> List.of(List.of(cell.rmOrgId())));
  private static final SumTable OVERALL =
      new SumTable(
          "call_overall",
          List.of("kind", "value"),
          cell ->
              List.of(
                  List.of("all", ""),
                  List.of("direction", cell.direction()),
                  List.of("cause", cell.hangupCause()),
                  List.of("operator", cell.operatorName())));
  private static final List<SumTable> TABLES = List.of(SUMS, TOTALS, OVERALL);

  private CallSums() {}

  /** Adds those CDRs that the condition on {@code normalized_cdrs} names. */
  static void add(Connection connection, String which) throws SQLException {
    change(connection, which, 1);
  }

  /** Takes them away. */
  static void subtract(Connection connection, String which) throws SQLException {
    change(connection, which, -1);
  }

  private static void change(Connection connection, String which, int sign) throws SQLException {
    List<CallCell> cells = CallCell.read(connection, which, sign);
    for (int span : SPANS) {
      for (SumTable table : TABLES) {
        table.add(connection, span, cells);
      }
    }
    try (Statement statement = connection.createStatement()) {
      for (int side = 0; side < NUMBERS.size(); side++) {
        statement.executeUpdate(numbers(side, sign, which));
      }
    }
  }

  private static String numbers(int side, int sign, String which) {
    return """
    INSERT INTO number_sums (side, begins, rmOrgID, number, TableSuffix, calls, answered, seconds,
      effective)
    SELECT %1$d, start_epoch - start_epoch %% %2$d AS b, rmOrgID AS o, COALESCE(%3$s, '') AS n,
      TableSuffix AS t, %4$s
      FROM normalized_cdrs WHERE %5$s GROUP BY b, o, n, t
    """
            .formatted(side, DAY, NUMBERS.get(side), FIGURES.formatted(sign), which)
        + SumTable.ADD.formatted("number_sums");
  }

  /** What the ledger knows of these CDRs, as they stand in the table, each times {@code sign}. */
  static void post(Connection connection, String which, int sign, Account... accounts)
      throws SQLException {
    String sql =
        """
        SELECT DATE(received_at) AS day, source, rmOrgID, COUNT(*) AS calls, SUM(%s) AS seconds
          FROM normalized_cdrs WHERE %s GROUP BY day, source, rmOrgID
        """
            .formatted(Counted.SECONDS, which);
    Postings postings = new Postings();
    try (Statement select = connection.createStatement();
        ResultSet row = select.executeQuery(sql)) {
      while (row.next()) {
        Page page =
            new Page(
                LocalDate.parse(row.getString("day")),
                row.getString("source"),
                row.getInt("rmOrgID"));
        for (Account account : accounts) {
          long calls = account == Account.FOUND ? row.getLong("calls") : 0;
          postings.add(page, account, sign * calls, sign * row.getLong("seconds"));
        }
      }
    }
    postings.write(connection);
  }

  /** Takes a day's sums away, once its CDRs are gone. */
  static void removeDay(Connection connection, TableSuffix day) throws SQLException {
    String numbers =
        "DELETE FROM number_sums WHERE side = ? AND begins BETWEEN ? AND ? AND TableSuffix = ?";
    for (int span : SPANS) {
      for (SumTable table : TABLES) {
        removeDay(connection, table.removal(), span, day);
      }
    }
    for (int side = 0; side < NUMBERS.size(); side++) {
      removeDay(connection, numbers, side, day);
    }
  }

  /** A CDR starts within a day of the one that it is kept under. */
  private static void removeDay(Connection connection, String sql, int first, TableSuffix day)
      throws SQLException {
    long begins = day.day().atStartOfDay().toEpochSecond(ZoneOffset.UTC);
    try (PreparedStatement delete = connection.prepareStatement(sql)) {
      delete.setInt(1, first);
      delete.setLong(2, begins - DAY);
      delete.setLong(3, begins + 2L * DAY);
      delete.setString(4, day.toString());
      delete.executeUpdate();
    }
  }
}
