package org.waybill.task;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.waybill.cdr.Days;
import org.waybill.cdr.TableSuffix;
import org.waybill.ledger.Page;
import org.waybill.platform.Columns;

/** What dispatch reads and writes of the table {@code tasks}, always in the order of its ids. */
final class TaskRows {
  private TaskRows() {}

  /** Locks tasks and says how they stand. */
  static Map<Long, TaskRow> lock(Connection connection, Collection<Long> ids, Days days)
      throws SQLException {
    String sql =
        """
        SELECT id, TableSuffix, done, waiting, failed, retry, next_attempt, create_time, source,
          rmOrgID, task_type FROM tasks
         WHERE id IN (%s) AND TableSuffix BETWEEN ? AND ? ORDER BY id FOR UPDATE
        """
            .formatted(Columns.placeholders(ids.size()));
    Map<Long, TaskRow> rows = new TreeMap<>();
    try (PreparedStatement select = connection.prepareStatement(sql)) {
      int column = 1;
      for (long id : ids) {
        select.setLong(column++, id);
      }
      select.setString(column++, days.first().toString());
      select.setString(column, days.last().toString());
      try (ResultSet row = select.executeQuery()) {
        while (row.next()) {
          rows.put(row.getLong("id"), row(row));
        }
      }
    }
    return rows;
  }

  /** Locks tasks whatever their days. */
  static Map<Long, TaskRow> lock(Connection connection, Collection<Long> ids) throws SQLException {
    String sql =
        """
        SELECT id, TableSuffix, done, waiting, failed, retry, next_attempt, create_time, source,
          rmOrgID, task_type FROM tasks
         WHERE id IN (%s) ORDER BY id FOR UPDATE
        """
            .formatted(Columns.placeholders(ids.size()));
    Map<Long, TaskRow> rows = new TreeMap<>();
    try (PreparedStatement select = connection.prepareStatement(sql)) {
      int column = 1;
      for (long id : ids) {
        select.setLong(column++, id);
      }
      try (ResultSet row = select.executeQuery()) {
        while (row.next()) {
          rows.put(row.getLong("id"), row(row));
        }
      }
    }
    return rows;
  }

  static @Nullable TaskRow lock(Connection connection, long id) throws SQLException {
    return lock(connection, List.of(id)).get(id);
  }

  private static TaskRow row(ResultSet row) throws SQLException {
    return new TaskRow(
        row.getLong("id"),
        TableSuffix.parse(row.getString("TableSuffix")),
        TaskState.ofDone(row.getString("done")),
        row.getInt("waiting"),
        row.getInt("failed"),
        row.getInt("retry"),
        Columns.instantOrNull(row, "next_attempt"),
        booked(row));
  }

  private static TaskRow.Booked booked(ResultSet row) throws SQLException {
    return new TaskRow.Booked(
        Page.of(
            Columns.instant(row, "create_time"), row.getString("source"), row.getInt("rmOrgID")),
        row.getString("task_type"),
        TaskState.ofDone(row.getString("done")));
  }

  /**
   * Writes how tasks stand now, in the ledger and for the groups of failures, too: most are simply
   * done, and those share a statement. Nothing else changes a task's state.
   */
  static void update(Connection connection, Collection<TaskRow> rows, @Nullable Integer node)
      throws SQLException {
    List<TaskRow> done = new ArrayList<>();
    List<TaskRow> others = new ArrayList<>();
    for (TaskRow row : rows) {
      (row.state() == TaskState.DONE ? done : others).add(row);
    }
    markDone(connection, done, node);
    updateEach(connection, others, node);
    TaskPostings.moved(rows).write(connection);
    ErrorGroups.follow(connection, rows);
  }

  private static void markDone(Connection connection, List<TaskRow> rows, @Nullable Integer node)
      throws SQLException {
    if (rows.isEmpty()) {
      return;
    }
    String sql =
        """
        UPDATE tasks SET done = 'y', waiting = 0, failed = 0, next_attempt = NULL,
          node_index = COALESCE(?, node_index)
         WHERE id IN (%s) AND TableSuffix BETWEEN ? AND ?
        """
            .formatted(Columns.placeholders(rows.size()));
    Days days = Days.of(rows.stream().map(TaskRow::day).toList());
    try (PreparedStatement update = connection.prepareStatement(sql)) {
      int column = 1;
      update.setObject(column++, node);
      for (TaskRow row : rows) {
        update.setLong(column++, row.id());
      }
      update.setString(column++, days.first().toString());
      update.setString(column, days.last().toString());
      update.executeUpdate();
    }
  }

  private static void updateEach(Connection connection, List<TaskRow> rows, @Nullable Integer node)
      throws SQLException {
    if (rows.isEmpty()) {
      return;
    }
    String sql =
        """
        UPDATE tasks SET done = ?, waiting = ?, failed = ?, retry = ?, next_attempt = ?,
          node_index = COALESCE(?, node_index)
         WHERE id = ? AND TableSuffix = ?
        """;
    try (PreparedStatement update = connection.prepareStatement(sql)) {
      for (TaskRow row : rows) {
        Instant next = row.nextAttempt();
        update.setString(1, row.state().done());
        update.setInt(2, row.waiting());
        update.setInt(3, row.failed());
        update.setInt(4, row.retry());
        update.setObject(5, next == null ? null : Columns.utc(next));
        update.setObject(6, node);
        update.setLong(7, row.id());
        update.setString(8, row.day().toString());
        update.addBatch();
      }
      update.executeBatch();
    }
  }
}
