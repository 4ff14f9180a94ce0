package org.waybill.operation;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.waybill.operation.Operation.Progress;
import org.waybill.platform.Columns;
import org.waybill.platform.Where;

/** The table {@code operations} as operators change and read it. */
final class OperationRows {
  static final String COLUMNS =
      """
      id, kind, state, filter, up_to, total, processed, succeeded, unchanged, failed, position,
      item_limit, total_is_least, rate_per_second, started_by, reason, problem, started_at, finished_at, epoch,
      IF(state = 'running' AND progress_at > UTC_TIMESTAMP(3) - INTERVAL 15 SECOND, achieved_per_second, NULL) AS achieved
      """;

  private OperationRows() {}

  static long insert(Connection connection, NewOperation wish, Selection selection)
      throws SQLException {
    String sql =
        """
        INSERT INTO operations (kind, filter, up_to, total, rate_per_second, started_by, reason,
          item_limit, total_is_least, started_at)
        VALUES (?, ?, ?, ?, ?, LEFT(?, 128), LEFT(?, 1000), ?, ?, UTC_TIMESTAMP(3))
        """;
    try (PreparedStatement insert =
        connection.prepareStatement(sql, Statement.RETURN_GENERATED_KEYS)) {
      insert.setString(1, wish.kind());
      insert.setString(2, wish.filter());
      insert.setString(3, selection.upTo());
      insert.setLong(4, selection.total());
      insert.setObject(5, wish.ratePerSecond());
      insert.setString(6, wish.by());
      insert.setString(7, wish.reason());
      insert.setObject(8, wish.limit());
      insert.setBoolean(9, selection.isLeast());
      insert.executeUpdate();
      return Columns.generatedKeys(insert, 1).get(0);
    }
  }

  /** Locks one and says how it stands. */
  static @Nullable OperationState lock(Connection connection, long id) throws SQLException {
    String sql = "SELECT state FROM operations WHERE id = ? FOR UPDATE";
    try (PreparedStatement select = connection.prepareStatement(sql)) {
      select.setLong(1, id);
      try (ResultSet row = select.executeQuery()) {
        return row.next() ? OperationState.ofWord(row.getString(1)) : null;
      }
    }
  }

  /**
   * Moves a locked one to another state, and lets its owner go. What is under way is still counted:
   * the epoch stays until another node takes it.
   */
  static void become(Connection connection, long id, OperationState state) throws SQLException {
    String sql =
        """
        UPDATE operations SET state = ?, problem = NULL, node = NULL, expires_at = NULL,
          finished_at = IF(?, UTC_TIMESTAMP(3), NULL)
         WHERE id = ?
        """;
    try (PreparedStatement update = connection.prepareStatement(sql)) {
      update.setString(1, state.word());
      update.setBoolean(2, state.isFinal());
      update.setLong(3, id);
      update.executeUpdate();
    }
  }

  /** Changes the rate of a locked one, and says which it had. */
  static @Nullable Integer setRate(Connection connection, long id, @Nullable Integer rate)
      throws SQLException {
    String before = "SELECT rate_per_second FROM operations WHERE id = ?";
    String sql = "UPDATE operations SET rate_per_second = ? WHERE id = ?";
    try (PreparedStatement select = connection.prepareStatement(before);
        PreparedStatement update = connection.prepareStatement(sql)) {
      select.setLong(1, id);
      update.setObject(1, rate);
      update.setLong(2, id);
      try (ResultSet row = select.executeQuery()) {
        row.next();
        Integer old = row.getObject("rate_per_second", Integer.class);
        update.executeUpdate();
        return old;
      }
    }
  }

  /** Newest first. */
  static List<Operation> list(Connection connection, Where where, int limit) throws SQLException {
    String sql =
        "SELECT " + COLUMNS + " FROM operations WHERE " + where.sql() + " ORDER BY id DESC LIMIT ?";
    List<Operation> operations = new ArrayList<>();
    try (PreparedStatement select = connection.prepareStatement(sql)) {
      where.bind(select, limit);
      try (ResultSet row = select.executeQuery()) {
        while (row.next()) {
          operations.add(operation(row));
        }
      }
    }
    return operations;
  }

  static Operation operation(ResultSet row) throws SQLException {
    return new Operation(
        row.getLong("id"),
        row.getString("kind"),
        OperationState.ofWord(row.getString("state")),
        row.getString("filter"),
        row.getLong("total"),
        row.getBoolean("total_is_least"),
        new Progress(
            row.getLong("processed"),
            row.getLong("succeeded"),
            row.getLong("unchanged"),
            row.getLong("failed")),
        row.getObject("item_limit", Integer.class),
        row.getObject("rate_per_second", Integer.class),
        row.getObject("achieved", Double.class),
        row.getString("started_by"),
        row.getString("reason"),
        row.getString("problem"),
        Columns.instant(row, "started_at"),
        Columns.instantOrNull(row, "finished_at"));
  }
}
