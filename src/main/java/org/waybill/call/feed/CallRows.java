package org.waybill.call.feed;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.SortedSet;
import org.waybill.cdr.Uuids;
import org.waybill.platform.Columns;

/** The table {@code feed_calls}: what is to be done about each call, and what came of it. */
final class CallRows {
  private CallRows() {}

  /** When something was learnt, and when it is to be acted upon. */
  record Times(Instant at, Instant due) {}

  /** Something was learnt of these calls; a new one is of that organization. */
  static void learnt(Connection connection, SortedSet<Long> calls, int rmOrgId, Times times)
      throws SQLException {
    String sql =
        """
        INSERT INTO feed_calls (call_id, rmOrgID, learnt_at, due_at) VALUES (?, ?, ?, ?)
        ON DUPLICATE KEY UPDATE version = version + 1, learnt_at = VALUES(learnt_at),
          due_at = VALUES(due_at)
        """;
    try (PreparedStatement insert = connection.prepareStatement(sql)) {
      for (long call : calls) {
        insert.setLong(1, call);
        insert.setInt(2, rmOrgId);
        insert.setObject(3, Columns.utc(times.at()));
        insert.setObject(4, Columns.utc(times.due()));
        insert.addBatch();
      }
      insert.executeBatch();
    }
  }

  /** The same of all calls with a piece that leaves the naming of these operators to their feed. */
  static void learntOperators(Connection connection, Collection<Long> operators, Times times)
      throws SQLException {
    if (operators.isEmpty()) {
      return;
    }
    String sql =
        """
        UPDATE feed_calls c
          JOIN (SELECT DISTINCT call_id FROM feed_items WHERE operator_id IN (%s)) i
            ON i.call_id = c.call_id
           SET c.version = c.version + 1, c.learnt_at = ?, c.due_at = ?
        """
            .formatted(Columns.placeholders(operators.size()));
    try (PreparedStatement update = connection.prepareStatement(sql)) {
      int column = 1;
      for (long operator : operators) {
        update.setLong(column++, operator);
      }
      update.setObject(column++, Columns.utc(times.at()));
      update.setObject(column, Columns.utc(times.due()));
      update.executeUpdate();
    }
  }

  /** Those that were due by then, longest first. */
  static List<DueCall> due(Connection connection, Instant until, int most) throws SQLException {
    String sql =
        """
        SELECT call_id, rmOrgID, version, learnt_at FROM feed_calls
         WHERE due_at <= ? ORDER BY due_at LIMIT ?
        """;
    List<DueCall> due = new ArrayList<>();
    try (PreparedStatement select = connection.prepareStatement(sql)) {
      select.setObject(1, Columns.utc(until));
      select.setInt(2, most);
      try (ResultSet row = select.executeQuery()) {
        while (row.next()) {
          due.add(
              new DueCall(
                  row.getLong("call_id"),
                  row.getInt("rmOrgID"),
                  row.getLong("version"),
                  Columns.instant(row, "learnt_at")));
        }
      }
    }
    return due;
  }

  /** Whether nothing was learnt of a call since; locks its row. */
  static boolean isNewest(Connection connection, DueCall call) throws SQLException {
    String sql = "SELECT version FROM feed_calls WHERE call_id = ? FOR UPDATE";
    try (PreparedStatement select = connection.prepareStatement(sql)) {
      select.setLong(1, call.callId());
      try (ResultSet row = select.executeQuery()) {
        return row.next() && row.getLong(1) == call.version();
      }
    }
  }

  /** Notes what came of calls; one of which more was learnt meanwhile stays due. */
  static void settle(Connection connection, List<SettledCall> calls) throws SQLException {
    String sql =
        """
        UPDATE feed_calls SET due_at = IF(version = ?, ?, due_at), state = ?,
          uuid = COALESCE(?, uuid), TableSuffix = COALESCE(?, TableSuffix), rejected_id = ?
         WHERE call_id = ?
        """;
    try (PreparedStatement update = connection.prepareStatement(sql)) {
      for (SettledCall one : calls) {
        update.setLong(1, one.call().version());
        update.setObject(2, one.due() == null ? null : Columns.utc(one.due()));
        update.setString(3, one.state().word());
        update.setBytes(4, one.uuid() == null ? null : Uuids.bytes(one.uuid()));
        update.setString(5, one.day() == null ? null : one.day().toString());
        update.setObject(6, one.rejectedId());
        update.setLong(7, one.call().callId());
        update.addBatch();
      }
      update.executeBatch();
    }
  }

  /** Those of the calls that have left. */
  static Set<Long> left(Connection connection, Collection<Long> calls) throws SQLException {
    Set<Long> left = new HashSet<>();
    if (calls.isEmpty()) {
      return left;
    }
    String sql =
        "SELECT call_id FROM feed_calls WHERE state = 'left' AND call_id IN (%s)"
            .formatted(Columns.placeholders(calls.size()));
    try (PreparedStatement select = connection.prepareStatement(sql)) {
      int column = 1;
      for (long call : calls) {
        select.setLong(column++, call);
      }
      try (ResultSet row = select.executeQuery()) {
        while (row.next()) {
          left.add(row.getLong(1));
        }
      }
    }
    return left;
  }

  /** Organizations that are waited for. */
  static List<Integer> awaitedOwners(Connection connection) throws SQLException {
    String sql = "SELECT DISTINCT rmOrgID FROM feed_calls WHERE state = 'unowned'";
    List<Integer> owners = new ArrayList<>();
    try (PreparedStatement select = connection.prepareStatement(sql);
        ResultSet row = select.executeQuery()) {
      while (row.next()) {
        owners.add(row.getInt(1));
      }
    }
    return owners;
  }

  /** One of them is there: its calls are due. */
  static void own(Connection connection, int rmOrgId, Instant now) throws SQLException {
    String sql =
        """
        UPDATE feed_calls SET due_at = COALESCE(due_at, ?), state = 'open'
         WHERE state = 'unowned' AND rmOrgID = ?
        """;
    try (PreparedStatement update = connection.prepareStatement(sql)) {
      update.setObject(1, Columns.utc(now));
      update.setInt(2, rmOrgId);
      update.executeUpdate();
    }
  }

  /** How many are in each state but the usual one, of which there may be millions. */
  static Map<CallState, Long> counts(Connection connection) throws SQLException {
    String sql =
        """
        SELECT state, COUNT(*) FROM feed_calls
         WHERE state IN ('waiting', 'open', 'unended', 'rejected', 'unowned') GROUP BY state
        """;
    Map<CallState, Long> counts = new EnumMap<>(CallState.class);
    try (PreparedStatement select = connection.prepareStatement(sql);
        ResultSet row = select.executeQuery()) {
      while (row.next()) {
        counts.put(CallState.valueOf(row.getString(1).toUpperCase(Locale.ROOT)), row.getLong(2));
      }
    }
    return counts;
  }
}
