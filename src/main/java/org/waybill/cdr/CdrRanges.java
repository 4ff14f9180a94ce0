package org.waybill.cdr;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import org.waybill.platform.Columns;
import org.waybill.platform.MultiRowInsert;

/**
 * The table {@code cdr_ranges}: which CDRs are in no sum yet. It is the only trace of statistics on
 * the way of a CDR, a row or two a commit.
 */
public final class CdrRanges {
  private static final MultiRowInsert<IdRange> ROWS =
      new MultiRowInsert<>(
          "cdr_ranges",
          List.of("first_id", "last_id", "step", "first_day", "last_day"),
          (values, range) ->
              values
                  .add(range.first())
                  .add(range.last())
                  .add(range.step())
                  .add(range.days().first().toString())
                  .add(range.days().last().toString()));

  private CdrRanges() {}

  /** Notes CDRs that were just inserted. */
  static void insert(Connection connection, List<NewCdr> cdrs, List<Long> ids) throws SQLException {
    Days days = Days.of(cdrs.stream().map(cdr -> cdr.cdr().tableSuffix()).toList());
    ROWS.insert(connection, of(ids, days));
  }

  /** Runs of ids with the same step. Those of one statement are such a run. */
  static List<IdRange> of(List<Long> ids, Days days) {
    List<IdRange> ranges = new ArrayList<>();
    int from = 0;
    while (from < ids.size()) {
      int next = from + 1;
      long step = next < ids.size() ? ids.get(next) - ids.get(from) : 1;
      while (next < ids.size() && ids.get(next) - ids.get(next - 1) == step) {
        next++;
      }
      long last = ids.get(next - 1);
      ranges.add(new IdRange(ids.get(from), last, next - from == 1 ? 1 : (int) step, days));
      from = next;
    }
    return ranges;
  }

  /** All that are in no sum yet, joined where nothing lies between them. */
  public static List<IdRange> unfolded(Connection connection) throws SQLException {
    return joined(select(connection, "ORDER BY first_id"));
  }

  /** Some of them, locked: whoever amends a CDR of them now waits. */
  static List<IdRange> lock(Connection connection, int most) throws SQLException {
    return select(connection, "ORDER BY first_id LIMIT " + most + " FOR UPDATE");
  }

  static List<IdRange> joined(List<IdRange> ranges) {
    List<IdRange> joined = new ArrayList<>();
    for (IdRange range : ranges) {
      int end = joined.size() - 1;
      if (end >= 0 && joined.get(end).isContinuedBy(range)) {
        joined.set(end, joined.get(end).and(range));
      } else {
        joined.add(range);
      }
    }
    return joined;
  }

  /**
   * To be called when a CDR is amended, before what is counted of it changes. Writes where it
   * stands, so that it and the folder cannot overlook each other, in a cluster neither.
   *
   * @return whether the folder will find what it is then; else the sums have what it was
   */
  static boolean touch(Connection connection, long id) throws SQLException {
    String sql =
        """
        UPDATE cdr_ranges SET touched = touched + 1
         WHERE first_id <= ? AND last_id >= ? AND (? - first_id) % step = 0
        """;
    try (PreparedStatement update = connection.prepareStatement(sql)) {
      update.setLong(1, id);
      update.setLong(2, id);
      update.setLong(3, id);
      return update.executeUpdate() > 0;
    }
  }

  static void delete(Connection connection, List<IdRange> ranges) throws SQLException {
    if (ranges.isEmpty()) {
      return;
    }
    String sql =
        "DELETE FROM cdr_ranges WHERE first_id IN (" + Columns.placeholders(ranges.size()) + ")";
    try (PreparedStatement delete = connection.prepareStatement(sql)) {
      int column = 1;
      for (IdRange range : ranges) {
        delete.setLong(column++, range.first());
      }
      delete.executeUpdate();
    }
  }

  /** What is left of one whose beginning is in the sums. */
  static void shorten(Connection connection, IdRange range, long first) throws SQLException {
    String sql = "UPDATE cdr_ranges SET first_id = ? WHERE first_id = ?";
    try (PreparedStatement update = connection.prepareStatement(sql)) {
      update.setLong(1, first);
      update.setLong(2, range.first());
      update.executeUpdate();
    }
  }

  private static List<IdRange> select(Connection connection, String rest) throws SQLException {
    String sql = "SELECT first_id, last_id, step, first_day, last_day FROM cdr_ranges " + rest;
    List<IdRange> ranges = new ArrayList<>();
    try (Statement select = connection.createStatement();
        ResultSet row = select.executeQuery(sql)) {
      while (row.next()) {
        Days days =
            new Days(
                TableSuffix.parse(row.getString("first_day")),
                TableSuffix.parse(row.getString("last_day")));
        ranges.add(
            new IdRange(row.getLong("first_id"), row.getLong("last_id"), row.getInt("step"), days));
      }
    }
    return ranges;
  }
}
