package org.waybill.report;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.waybill.cdr.Uuids;
import org.waybill.platform.Columns;
import org.waybill.platform.Where;

/** Reads pages of CDRs, of one filter, over one connection. */
final class CdrWalk {
  /** Which ones is told by the index alone; only the rows of those are read. */
  private static final String SELECT =
      """
      SELECT c.id, c.uuid, c.start_epoch, c.TableSuffix, c.rmOrgID, c.source, c.received_at,
             c.calling_number, c.called_number, c.direction, c.hangup_cause, c.billsec
        FROM (SELECT id, TableSuffix FROM normalized_cdrs FORCE INDEX (%s)
               WHERE %s ORDER BY start_epoch DESC, id DESC LIMIT ?) AS found
        JOIN normalized_cdrs c ON c.id = found.id AND c.TableSuffix = found.TableSuffix
       ORDER BY c.start_epoch DESC, c.id DESC
      """;

  private static final Backwards.Course<CdrLine> COURSE =
      new Backwards.Course<>(CdrLine::cursor, epoch -> new CdrCursor(epoch, 0));

  private final Connection connection;
  private final CdrFilter filter;
  private final @Nullable CdrCursor after;

  CdrWalk(Connection connection, CdrFilter filter, @Nullable CdrCursor after) {
    this.connection = connection;
    this.filter = filter;
    this.after = after;
  }

  Found<CdrLine> page(Backwards backwards, int limit) throws SQLException {
    CdrPlan plan = CdrPlan.of(connection, filter);
    if (plan.inOrder()) {
      return Found.of(lines(plan, where(), limit + 1), limit, CdrLine::cursor);
    }
    return backwards.page(
        oldest(),
        newest(),
        limit,
        COURSE,
        (from, to, most) -> lines(plan, CdrFilter.within(where(), from, to), most));
  }

  private Where where() {
    Where where = filter.where();
    if (after != null) {
      where
          .andAll(
              "start_epoch <= ? AND (start_epoch < ? OR id < ?)",
              after.startEpoch(),
              after.startEpoch(),
              after.id())
          .and("TableSuffix <= ?", CdrFilter.lastDay(after.startEpoch() + 1));
    }
    return where;
  }

  private long oldest() throws SQLException {
    return filter.from() == null
        ? end("MIN", Long.MAX_VALUE)
        : Math.max(CdrFilter.secondsUp(filter.from()), end("MIN", Long.MAX_VALUE));
  }

  private long newest() throws SQLException {
    long newest = end("MAX", Long.MIN_VALUE + 1) + 1;
    if (filter.to() != null) {
      newest = Math.min(newest, CdrFilter.secondsUp(filter.to()));
    }
    return after == null ? newest : Math.min(newest, after.startEpoch() + 1);
  }

  private long end(String which, long otherwise) throws SQLException {
    try (Statement select = connection.createStatement();
        ResultSet row =
            select.executeQuery("SELECT " + which + "(start_epoch) FROM normalized_cdrs")) {
      row.next();
      long end = row.getLong(1);
      return row.wasNull() ? otherwise : end;
    }
  }

  private List<CdrLine> lines(CdrPlan plan, Where where, int most) throws SQLException {
    List<CdrLine> lines = new ArrayList<>();
    String sql = SELECT.formatted(plan.index(), where.sql());
    try (PreparedStatement select = connection.prepareStatement(sql)) {
      where.bind(select, most);
      try (ResultSet row = select.executeQuery()) {
        while (row.next()) {
          lines.add(line(row));
        }
      }
    }
    return lines;
  }

  private static CdrLine line(ResultSet row) throws SQLException {
    return new CdrLine(
        row.getLong("id"),
        Uuids.uuid(row.getBytes("uuid")),
        row.getLong("start_epoch"),
        row.getString("TableSuffix"),
        row.getInt("rmOrgID"),
        row.getString("source"),
        Columns.instant(row, "received_at"),
        row.getString("calling_number"),
        row.getString("called_number"),
        row.getString("direction"),
        row.getString("hangup_cause"),
        row.getObject("billsec", Integer.class));
  }
}
