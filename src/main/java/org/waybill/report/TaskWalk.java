package org.waybill.report;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.waybill.cdr.TableSuffix;
import org.waybill.cdr.Uuids;
import org.waybill.platform.Columns;
import org.waybill.platform.Where;
import org.waybill.task.Priority;
import org.waybill.task.TaskFilter;
import org.waybill.task.TaskState;

/** Reads pages of tasks, of one filter, over one connection. */
final class TaskWalk {
  private static final String SELECT =
      """
      SELECT t.id, t.task_type, t.done, t.priority, t.create_time, t.next_attempt, t.retry,
             t.node_index, t.rmOrgID, t.TableSuffix, t.id_normalized_cdrs, t.waiting, t.failed,
             c.uuid
        FROM %s
        STRAIGHT_JOIN normalized_cdrs c
          ON c.id = t.id_normalized_cdrs AND c.TableSuffix = t.TableSuffix
       WHERE %s ORDER BY %s DESC LIMIT ?
      """;

  private static final Backwards.Course<TaskLine> COURSE =
      new Backwards.Course<>(TaskLine::id, id -> id);

  private final Connection connection;
  private final TaskFilter filter;
  private final @Nullable Long before;

  TaskWalk(Connection connection, TaskFilter filter, @Nullable Long before) {
    this.connection = connection;
    this.filter = filter;
    this.before = before;
  }

  Found<TaskLine> page(Backwards backwards, int limit) throws SQLException {
    TaskPlan plan = TaskPlan.of(connection, filter);
    if (plan.inOrder()) {
      return Found.of(lines(plan.from(), where(), limit + 1), limit, TaskLine::id);
    }
    return backwards.page(
        end("MIN"),
        before == null ? end("MAX") + 1 : before,
        limit,
        COURSE,
        (from, to, most) -> {
          Where where = where().and(filter.id() + " >= ?", from).and(filter.id() + " < ?", to);
          return lines(plan.from(), where, most);
        });
  }

  Where where() {
    return filter.where().and(filter.id() + " < ?", before);
  }

  private long end(String which) throws SQLException {
    try (Statement select = connection.createStatement();
        ResultSet row = select.executeQuery("SELECT " + which + "(id) FROM tasks")) {
      row.next();
      return row.getLong(1);
    }
  }

  List<TaskLine> lines(String from, Where where, int most) throws SQLException {
    String sql = SELECT.formatted(from, where.sql(), filter.id());
    List<TaskLine> lines = new ArrayList<>();
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

  private static TaskLine line(ResultSet row) throws SQLException {
    return new TaskLine(
        row.getLong("id"),
        row.getString("task_type"),
        TaskState.ofDone(row.getString("done")),
        Priority.ofWord(row.getString("priority")),
        Columns.instant(row, "create_time"),
        Columns.instantOrNull(row, "next_attempt"),
        row.getInt("retry"),
        row.getObject("node_index", Integer.class),
        row.getInt("rmOrgID"),
        TableSuffix.parse(row.getString("TableSuffix")),
        row.getLong("id_normalized_cdrs"),
        Uuids.uuid(row.getBytes("uuid")),
        row.getInt("waiting"),
        row.getInt("failed"));
  }
}
