package org.waybill.task;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
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
  /** No longer than a person waits. */
  static final Duration COUNTING = Duration.ofMillis(120);

  private static final int WINDOW = 20_000;

  private final CdrStore cdrs;
  private final long countingNanos;

  public TaskSelection(CdrStore cdrs) {
    this(cdrs, COUNTING);
  }

  TaskSelection(CdrStore cdrs, Duration counting) {
    this.cdrs = cdrs;
    this.countingNanos = counting.toNanos();
  }

  /**
   * Tasks that match.
   *
   * @param isLeast whether counting was broken off, so that there may be more
   * @param greatest the greatest id of those that may match; null when there is none
   */
  public record Count(long tasks, boolean isLeast, @Nullable Long greatest) {}

  /**
   * A stretch of ids.
   *
   * @param upTo included
   * @param asOf tasks that failed, or failed again, later than this are left out; null for none
   */
  public record Stretch(@Nullable Long after, long upTo, @Nullable Instant asOf, int limit) {}

  /** Counts along an index, newest first, for as long as that is quick. */
  public Count count(Connection connection, TaskFilter filter) throws SQLException {
    Where where = where(connection, filter);
    if (where == null) {
      return new Count(0, false, null);
    }
    Long greatest = greatest(connection, filter);
    if (greatest == null || filter.cdr() != null) {
      return new Count(greatest == null ? 0 : count(connection, filter, where), false, greatest);
    }
    long until = System.nanoTime() + countingNanos;
    long tasks = 0;
    long before = greatest + 1;
    do {
      Window window = window(connection, filter, before);
      if (window.rows() > 0) {
        tasks += matching(connection, filter, window, before);
      }
      if (window.rows() < WINDOW) {
        return new Count(tasks, false, greatest);
      }
      before = window.least();
    } while (System.nanoTime() < until);
    return new Count(tasks, true, greatest);
  }

  /** All rows of the index, unless there is more to match than what it tells. */
  private static long matching(Connection connection, TaskFilter filter, Window window, long before)
      throws SQLException {
    Where more = new Where();
    filter.more(more);
    if (more.isEmpty()) {
      return window.rows();
    }
    Where part = filter.where().and(filter.id() + " >= ?", window.least());
    return count(connection, filter, part.and(filter.id() + " < ?", before));
  }

  private static long count(Connection connection, TaskFilter filter, Where where)
      throws SQLException {
    String sql = "SELECT COUNT(*) FROM " + filter.from() + " WHERE " + where.sql();
    try (PreparedStatement select = connection.prepareStatement(sql)) {
      where.bind(select);
      try (ResultSet row = select.executeQuery()) {
        row.next();
        return row.getLong(1);
      }
    }
  }

  private static @Nullable Long greatest(Connection connection, TaskFilter filter)
      throws SQLException {
    Where where = new Where();
    filter.indexed(where);
    String sql = "SELECT MAX(" + filter.id() + ") FROM " + filter.index() + " WHERE " + where.sql();
    try (PreparedStatement select = connection.prepareStatement(sql)) {
      where.bind(select);
      try (ResultSet row = select.executeQuery()) {
        row.next();
        return row.getObject(1, Long.class);
      }
    }
  }

  /** Some rows of an index: how many, and the least id among them. */
  private record Window(long rows, long least) {}

  private static Window window(Connection connection, TaskFilter filter, long before)
      throws SQLException {
    Where where = new Where();
    filter.indexed(where);
    where.and(filter.id() + " < ?", before);
    String sql =
        """
        SELECT COUNT(*), COALESCE(MIN(head.id), 0) FROM (
          SELECT %1$s AS id FROM %2$s WHERE %3$s ORDER BY %1$s DESC LIMIT ?) AS head
        """
            .formatted(filter.id(), filter.index(), where.sql());
    try (PreparedStatement select = connection.prepareStatement(sql)) {
      where.bind(select, WINDOW);
      try (ResultSet row = select.executeQuery()) {
        row.next();
        return new Window(row.getLong(1), row.getLong(2));
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
    Instant asOf = stretch.asOf();
    where
        .and(filter.id() + " > ?", stretch.after())
        .and(filter.id() + " <= ?", stretch.upTo())
        .and(
            """
            NOT EXISTS (
              SELECT 1 FROM tasks_error e WHERE e.id_tasks = t.id AND e.TableSuffix = t.TableSuffix
                 AND e.last_error_date > ?)
            """,
            asOf == null ? null : Columns.utc(asOf));
    String sql =
        "SELECT t.id FROM %s WHERE %s ORDER BY %s LIMIT ?"
            .formatted(filter.from(), where.sql(), filter.id());
    try (PreparedStatement select = connection.prepareStatement(sql)) {
      where.bind(select, stretch.limit());
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
