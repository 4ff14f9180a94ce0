package org.waybill.report;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.waybill.cdr.CallSums;
import org.waybill.cdr.CdrRanges;
import org.waybill.cdr.Counted;
import org.waybill.platform.Database;

/** Proves that the sums of a day say what its CDRs say. */
@ApplicationScoped
public class CallAudit {
  private static final int MOST = 1_000;
  private static final List<CallGroup> OVERALL =
      List.of(CallGroup.DIRECTION, CallGroup.HANGUP_CAUSE, CallGroup.OPERATOR);

  private final Database database;

  @Inject
  public CallAudit(Database database) {
    this.database = database;
  }

  /** For the proxy of CDI only. */
  @SuppressWarnings("NullAway")
  protected CallAudit() {
    this.database = null;
  }

  /**
   * A sum that is not what its CDRs come to.
   *
   * @param sum which one: span or side, beginning, and what it is of
   * @param calls too many in the sum; too few when below 0; likewise the others
   */
  public record Difference(String sum, long calls, long answered, long seconds, long effective) {}

  /** Of calls that began on a UTC day; empty when all is right. */
  public List<Difference> differences(LocalDate day) {
    return database.snapshot(
        "check sums",
        connection -> {
          List<Difference> differences = new ArrayList<>();
          String unfolded =
              CdrRanges.unfolded(connection).isEmpty()
                  ? "FALSE"
                  : Counted.within(CdrRanges.unfolded(connection));
          long from = day.atStartOfDay().toEpochSecond(ZoneOffset.UTC);
          for (int span : CallSums.SPANS) {
            add(connection, calls(span, from, unfolded), differences);
            add(connection, totals(span, from, unfolded), differences);
            add(connection, overall(span, "all", "''", from, unfolded), differences);
            for (CallGroup by : OVERALL) {
              String kind = Objects.requireNonNull(by.overall());
              add(connection, overall(span, kind, by.ofCdr(), from, unfolded), differences);
            }
          }
          add(connection, numbers(0, "calling_number", from, unfolded), differences);
          add(connection, numbers(1, "called_number", from, unfolded), differences);
          return differences;
        });
  }

  private static String calls(int span, long from, String unfolded) {
    String label =
        "CONCAT_WS(' ', %d, %s, rmOrgID, %s, %s, %s, TableSuffix)"; // of a sum, and of a CDR
    return compare(
        label.formatted(span, "begins", "direction", "hangup_cause", "operator_name"),
        "call_sums WHERE span = " + span,
        label.formatted(
            span,
            "start_epoch - start_epoch % " + span,
            "COALESCE(direction, '')",
            "COALESCE(hangup_cause, '')",
            "COALESCE(operator_name, '')"),
        from,
        unfolded);
  }

  private static String totals(int span, long from, String unfolded) {
    String label = "CONCAT_WS(' ', %d, %s, rmOrgID, TableSuffix)";
    return compare(
        label.formatted(span, "begins"),
        "call_totals WHERE span = " + span,
        label.formatted(span, "start_epoch - start_epoch % " + span),
        from,
        unfolded);
  }

  private static String overall(int span, String kind, String ofCdr, long from, String unfolded) {
    String label = "CONCAT_WS(' ', %d, %s, '%s', %s, TableSuffix)";
    return compare(
        label.formatted(span, "begins", kind, "value"),
        "call_overall WHERE kind = '" + kind + "' AND span = " + span,
        label.formatted(span, "start_epoch - start_epoch % " + span, kind, ofCdr),
        from,
        unfolded);
  }

  private static String numbers(int side, String column, long from, String unfolded) {
    String label = "CONCAT_WS(' ', %d, rmOrgID, %s, TableSuffix)";
    return compare(
        label.formatted(side, "number"),
        "number_sums WHERE side = " + side,
        label.formatted(side, "COALESCE(" + column + ", '')"),
        from,
        unfolded);
  }

  private static String compare(
      String ofSum, String sums, String ofCdr, long from, String unfolded) {
    long to = from + 86_400;
    String cdrs =
        "FROM normalized_cdrs WHERE start_epoch >= %d AND start_epoch < %d AND TableSuffix BETWEEN '%s' AND '%s'"
            .formatted(from, to, CdrFilter.firstDay(from), CdrFilter.lastDay(to));
    String figures =
        "%%1$s1 AS calls, %%1$s%s AS answered, %%1$s%s AS seconds, %%1$s%s AS effective"
            .formatted(Counted.ANSWERED, Counted.SECONDS, Counted.EFFECTIVE);
    return """
    SELECT g, SUM(calls) AS calls, SUM(answered) AS answered, SUM(seconds) AS seconds,
      SUM(effective) AS effective
      FROM (SELECT %s AS g, calls, answered, seconds, effective FROM %s AND begins >= %d AND begins < %d
            UNION ALL SELECT %s AS g, %s %s
            UNION ALL SELECT %s AS g, %s %s AND %s) compared
     GROUP BY g
    HAVING SUM(calls) <> 0 OR SUM(answered) <> 0 OR SUM(seconds) <> 0 OR SUM(effective) <> 0
     ORDER BY g LIMIT %d
    """
        .formatted(
            ofSum,
            sums,
            from,
            to,
            ofCdr,
            figures.formatted("-"),
            cdrs,
            ofCdr,
            figures.formatted("+"),
            cdrs,
            unfolded,
            MOST);
  }

  private static void add(Connection connection, String sql, List<Difference> differences)
      throws SQLException {
    try (Statement select = connection.createStatement();
        ResultSet row = select.executeQuery(sql)) {
      while (row.next()) {
        differences.add(
            new Difference(
                row.getString("g"),
                row.getLong("calls"),
                row.getLong("answered"),
                row.getLong("seconds"),
                row.getLong("effective")));
      }
    }
  }
}
