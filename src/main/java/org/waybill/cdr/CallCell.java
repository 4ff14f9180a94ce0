package org.waybill.cdr;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;

/**
 * The calls of an hour that are alike in all that is counted, but for their numbers. Every sum of
 * calls is made of such cells, so that the CDRs need to be read only once.
 *
 * @param hour in which they began, in seconds since 1970
 * @param direction empty: none, as in the next two
 * @param day with which the sums leave
 */
record CallCell(
    long hour,
    int rmOrgId,
    String direction,
    String hangupCause,
    String operatorName,
    String day,
    CallCount count) {
  private static final int HOUR = 3600;
  private static final String SELECT =
      """
      SELECT start_epoch - start_epoch %% %1$d AS b, rmOrgID AS o, COALESCE(direction, '') AS d,
        COALESCE(hangup_cause, '') AS h, COALESCE(operator_name, '') AS n, TableSuffix AS t,
        %2$d * COUNT(*) AS calls, %2$d * SUM(%3$s) AS answered, %2$d * SUM(%4$s) AS seconds,
        %2$d * SUM(%5$s) AS effective
        FROM normalized_cdrs WHERE %6$s GROUP BY b, o, d, h, n, t
      """;

  /**
   * @param which condition on {@code normalized_cdrs}
   * @param sign -1 to take them away, else 1
   */
  static List<CallCell> read(Connection connection, String which, int sign) throws SQLException {
    String sql =
        SELECT.formatted(HOUR, sign, Counted.ANSWERED, Counted.SECONDS, Counted.EFFECTIVE, which);
    List<CallCell> cells = new ArrayList<>();
    try (Statement select = connection.createStatement();
        ResultSet row = select.executeQuery(sql)) {
      while (row.next()) {
        cells.add(
            new CallCell(
                row.getLong("b"),
                row.getInt("o"),
                row.getString("d"),
                row.getString("h"),
                row.getString("n"),
                row.getString("t"),
                new CallCount(
                    row.getLong("calls"),
                    row.getLong("answered"),
                    row.getLong("seconds"),
                    row.getLong("effective"))));
      }
    }
    return cells;
  }

  /** The beginning of the span of so many seconds in which they began. */
  long begins(int span) {
    return hour - hour % span;
  }
}
