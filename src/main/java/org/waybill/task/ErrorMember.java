package org.waybill.task;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.waybill.cdr.Days;
import org.waybill.platform.Columns;

/**
 * What {@code tasks_error} says of a task: to which group it belongs, and in which state it is
 * counted there.
 *
 * @param key null when it has not failed since groups are known
 * @param state null when it has never failed
 */
record ErrorMember(
    long task, int rmOrgId, String type, @Nullable Key key, @Nullable TaskState state) {

  /** A row of {@code error_groups}. */
  record Key(String fingerprint, int gateway) implements Comparable<Key> {
    @Override
    public int compareTo(Key other) {
      int order = fingerprint.compareTo(other.fingerprint);
      return order == 0 ? Integer.compare(gateway, other.gateway) : order;
    }
  }

  /** Of tasks that are locked, so that it stays so. */
  static Map<Long, ErrorMember> read(Connection connection, Collection<Long> tasks, Days days)
      throws SQLException {
    String sql =
        """
        SELECT t.id, t.rmOrgID, t.task_type, e.error_group, e.id_gateways, e.done
          FROM tasks t
          LEFT JOIN tasks_error e ON e.id_tasks = t.id AND e.TableSuffix = t.TableSuffix
         WHERE t.id IN (%s) AND t.TableSuffix BETWEEN ? AND ?
        """
            .formatted(Columns.placeholders(tasks.size()));
    Map<Long, ErrorMember> members = new HashMap<>();
    try (PreparedStatement select = connection.prepareStatement(sql)) {
      int column = 1;
      for (long task : tasks) {
        select.setLong(column++, task);
      }
      select.setString(column++, days.first().toString());
      select.setString(column, days.last().toString());
      try (ResultSet row = select.executeQuery()) {
        while (row.next()) {
          members.put(row.getLong("id"), member(row));
        }
      }
    }
    return members;
  }

  private static ErrorMember member(ResultSet row) throws SQLException {
    String group = row.getString("error_group");
    String done = row.getString("done");
    return new ErrorMember(
        row.getLong("id"),
        row.getInt("rmOrgID"),
        row.getString("task_type"),
        group == null ? null : new Key(group, row.getInt("id_gateways")),
        done == null ? null : TaskState.ofDone(done));
  }
}
