package org.waybill.report;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.waybill.cdr.CdrStore;
import org.waybill.cdr.StoredKey;
import org.waybill.cdr.TableSuffix;
import org.waybill.cdr.Uuids;
import org.waybill.platform.Columns;
import org.waybill.platform.Database;
import org.waybill.platform.Where;
import org.waybill.task.Priority;
import org.waybill.task.TaskFilter;
import org.waybill.task.TaskState;

/** Finds tasks, a page at a time along an index. */
@ApplicationScoped
public class TaskSearch {
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

  private final Database database;
  private final CdrStore cdrs;

  @Inject
  public TaskSearch(Database database, CdrStore cdrs) {
    this.database = database;
    this.cdrs = cdrs;
  }

  /** For the proxy of CDI only. */
  @SuppressWarnings("NullAway")
  protected TaskSearch() {
    this(null, null);
  }

  public Optional<TaskLine> find(long id) {
    TaskFilter it = TaskFilter.ofIds(new TreeSet<>(List.of(id)));
    return list(it, null, 1).stream().findFirst();
  }

  /**
   * Newest first.
   *
   * @param before only those with a smaller id: the last one of the page before
   */
  public List<TaskLine> list(TaskFilter filter, @Nullable Long before, int limit) {
    Where where = filter.where().and(filter.id() + " < ?", before);
    return database.read(
        "list tasks",
        connection -> {
          UUID cdr = filter.cdr();
          if (cdr != null) {
            StoredKey key = cdrs.find(connection, List.of(cdr)).get(cdr);
            if (key == null) {
              return List.of();
            }
            where.and("t.id_normalized_cdrs = ?", key.id());
            where.and("t.TableSuffix = ?", key.tableSuffix().toString());
          }
          return lines(connection, filter, where, limit);
        });
  }

  private static List<TaskLine> lines(
      Connection connection, TaskFilter filter, Where where, int limit) throws SQLException {
    String sql = SELECT.formatted(filter.from(), where.sql(), filter.id());
    List<TaskLine> lines = new ArrayList<>();
    try (PreparedStatement select = connection.prepareStatement(sql)) {
      where.bind(select, limit);
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
