package org.waybill.task;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.waybill.cdr.CdrStore;
import org.waybill.cdr.StoredKey;
import org.waybill.platform.Columns;
import org.waybill.platform.Where;

/** Many tasks at once: how many match a filter, and which, in the order of their ids. */
public final class TaskSelection {
  private final CdrStore cdrs;

  public TaskSelection(CdrStore cdrs) {
    this.cdrs = cdrs;
  }

  /**
   * Tasks that match.
   *
   * @param greatest the greatest id; null when none matches
   */
  public record Count(long tasks, @Nullable Long greatest) {}

  /**
   * A stretch of ids.
   *
   * @param upTo included
   * @param asOf tasks that failed, or failed again, later than this are left out
   */
  public record Stretch(@Nullable Long after, long upTo, Instant asOf, int limit) {}

  public Count count(Connection connection, TaskFilter filter) throws SQLException {
    Where where = where(connection, filter);
    if (where == null) {
      return new Count(0, null);
    }
    String sql = "SELECT COUNT(*), MAX(t.id) FROM tasks t WHERE " + where.sql();
    try (PreparedStatement select = connection.prepareStatement(sql)) {
      where.bind(select);
      try (ResultSet row = select.executeQuery()) {
        row.next();
        return new Count(row.getLong(1), row.getObject(2, Long.class));
      }
    }
  }

  public List<Long> ids(Connection connection, TaskFilter filter, Stretch stretch)
      throws SQLException {
    Where where = where(connection, filter);
    List<Long> ids = new ArrayList<>();
    if (where == null) {
      return ids;
    }
    where.and("t.id > ?", stretch.after()).and("t.id <= ?", stretch.upTo());
    String sql =
        """
        SELECT t.id FROM tasks t
         WHERE %s AND NOT EXISTS (
           SELECT 1 FROM tasks_error e WHERE e.id_tasks = t.id AND e.TableSuffix = t.TableSuffix
              AND e.last_error_date > ?)
         ORDER BY t.id LIMIT ?
        """
            .formatted(where.sql());
    try (PreparedStatement select = connection.prepareStatement(sql)) {
      where.bind(select, Columns.utc(stretch.asOf()), stretch.limit());
      try (ResultSet row = select.executeQuery()) {
        while (row.next()) {
          ids.add(row.getLong(1));
        }
      }
    }
    return ids;
  }

  /** Null when the filter names a CDR that there is not. */
  private @Nullable Where where(Connection connection, TaskFilter filter) throws SQLException {
    Where where = filter.where();
    UUID cdr = filter.cdr();
    if (cdr == null) {
      return where;
    }
    StoredKey key = cdrs.find(connection, List.of(cdr)).get(cdr);
    return key == null
        ? null
        : where
            .and("t.id_normalized_cdrs = ?", key.id())
            .and("t.TableSuffix = ?", key.tableSuffix().toString());
  }
}
