package org.waybill.report;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.waybill.platform.Columns;
import org.waybill.platform.Database;
import org.waybill.task.TaskState;

/** How some tasks stand now, in short. */
@ApplicationScoped
public class TaskStandings {
  private final Database database;

  @Inject
  public TaskStandings(Database database) {
    this.database = database;
  }

  @SuppressWarnings("NullAway") // only for the proxy, which never calls it
  protected TaskStandings() {
    this(null);
  }

  /**
   * A task.
   *
   * @param lastError the last line of its errors; null when it never failed
   * @param lastErrorAt when that was
   * @param errorGroup of that; null for one of before groups were known
   */
  public record Standing(
      TaskState state,
      @Nullable String lastError,
      @Nullable Instant lastErrorAt,
      @Nullable String errorGroup) {}

  /** By the ids; those that are gone are absent. */
  public Map<Long, Standing> of(Collection<Long> ids) {
    if (ids.isEmpty()) {
      return Map.of();
    }
    return database.read("look at tasks", connection -> read(connection, ids));
  }

  private static Map<Long, Standing> read(Connection connection, Collection<Long> ids)
      throws SQLException {
    String sql =
        """
        SELECT t.id, t.done, e.error_group, e.last_error_date, SUBSTRING_INDEX(e.description, '\\n', -1) AS last_error
          FROM tasks t
          LEFT JOIN tasks_error e ON e.id_tasks = t.id AND e.TableSuffix = t.TableSuffix
         WHERE t.id IN (%s)
        """
            .formatted(Columns.placeholders(ids.size()));
    Map<Long, Standing> standings = new HashMap<>();
    try (PreparedStatement select = connection.prepareStatement(sql)) {
      int column = 1;
      for (long id : ids) {
        select.setLong(column++, id);
      }
      try (ResultSet row = select.executeQuery()) {
        while (row.next()) {
          TaskState state = TaskState.ofDone(row.getString("done"));
          standings.put(
              row.getLong("id"),
              new Standing(
                  state,
                  row.getString("last_error"),
                  Columns.instantOrNull(row, "last_error_date"),
                  row.getString("error_group")));
        }
      }
    }
    return standings;
  }
}
