package org.waybill.task;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import org.waybill.cdr.Days;
import org.waybill.platform.Columns;

/** Reads stored tasks with their {@code tasks_data}. */
public final class TaskDocuments {
  private TaskDocuments() {}

  /**
   * A task as it is kept.
   *
   * @param payloadVersion above 1 when amendments changed what it sends
   */
  public record TaskDocument(
      long cdrId,
      int rmOrgId,
      String type,
      Priority priority,
      int payloadVersion,
      String fragment) {}

  /** Tasks by their ids. */
  public static Map<Long, TaskDocument> read(Connection connection, Collection<Long> ids, Days days)
      throws SQLException {
    String sql =
        """
        SELECT t.id, t.id_normalized_cdrs, t.rmOrgID, t.task_type, t.priority,
               t.payload_version, d.xml_fragment
          FROM tasks t JOIN tasks_data d ON d.id_tasks = t.id AND d.TableSuffix = t.TableSuffix
         WHERE t.id IN (%s) AND t.TableSuffix BETWEEN ? AND ? AND d.TableSuffix BETWEEN ? AND ?
        """
            .formatted(Columns.placeholders(ids.size()));
    Map<Long, TaskDocument> tasks = new HashMap<>();
    try (PreparedStatement select = connection.prepareStatement(sql)) {
      int column = 1;
      for (long id : ids) {
        select.setLong(column++, id);
      }
      select.setString(column++, days.first().toString());
      select.setString(column++, days.last().toString());
      select.setString(column++, days.first().toString());
      select.setString(column, days.last().toString());
      try (ResultSet row = select.executeQuery()) {
        while (row.next()) {
          tasks.put(row.getLong("id"), task(row));
        }
      }
    }
    return tasks;
  }

  private static TaskDocument task(ResultSet row) throws SQLException {
    return new TaskDocument(
        row.getLong("id_normalized_cdrs"),
        row.getInt("rmOrgID"),
        row.getString("task_type"),
        Priority.ofWord(row.getString("priority")),
        row.getInt("payload_version"),
        row.getString("xml_fragment"));
  }
}
