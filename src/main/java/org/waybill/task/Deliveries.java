package org.waybill.task;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.StringJoiner;
import org.jspecify.annotations.Nullable;
import org.waybill.cdr.TableSuffix;
import org.waybill.platform.Columns;

/**
 * The hot table {@code deliveries}: what is still to be sent, in the order of its primary key. Who
 * owns a queue reads it without locks and deletes what is settled (docs/adr/0002).
 *
 * <p>Whoever changes the deliveries of a task locks its {@code tasks} row first, but for a change
 * of queue, which is its owner's.
 */
public final class Deliveries {
  private static final String COLUMNS =
      """
      id_gateways, lane, due_at, id_tasks, kind, item, TableSuffix, id_normalized_cdrs, rmOrgID,
      bound, sends, failures, failures_before, payload_version, misconfigured, misconfigured_at,
      created_at
      """;

  /** The order of the primary key, so that two transactions lock rows in the same order. */
  private static final Comparator<Delivery> CLAIM_ORDER =
      Comparator.comparing((Delivery delivery) -> delivery.place().queue())
          .thenComparing(delivery -> delivery.place().lane())
          .thenComparing(delivery -> delivery.place().dueAt())
          .thenComparing(Delivery::taskId)
          .thenComparing(delivery -> delivery.key().kind())
          .thenComparing(delivery -> delivery.key().item());

  private Deliveries() {}

  /** What a task still waits for. */
  public record Waiting(int count, Instant earliest) {}

  /** How much waits in a queue: counting stops at {@link #COUNTED}. */
  public record Backlog(int count, @Nullable Instant oldest) {
    public static final int COUNTED = 10_001;
  }

  /** Reads stretches of lanes of one queue, each in claim order: a short range scan each. */
  public static List<Delivery> read(Connection connection, int queue, List<LaneRange> ranges)
      throws SQLException {
    StringJoiner sql = new StringJoiner(" UNION ALL ");
    for (LaneRange range : ranges) {
      if (range.fromTask() != null) {
        sql.add(scan("due_at = ? AND id_tasks >= ?"));
      }
      sql.add(
          scan(
              range.fromTask() == null
                  ? "due_at >= ? AND due_at <= ?"
                  : "due_at > ? AND due_at <= ?"));
    }
    try (PreparedStatement select = connection.prepareStatement(sql.toString())) {
      int column = 1;
      for (LaneRange range : ranges) {
        column = bind(select, column, queue, range);
      }
      try (ResultSet row = select.executeQuery()) {
        List<Delivery> found = new ArrayList<>();
        while (row.next()) {
          found.add(delivery(row));
        }
        return found;
      }
    }
  }

  // The hot table's statistics are frozen while it is empty, so the plan is named.
  static String scan(String stretch) {
    return """
        (SELECT %s FROM deliveries FORCE INDEX (PRIMARY)
          WHERE id_gateways = ? AND lane = ? AND %s
          ORDER BY id_gateways, lane, due_at, id_tasks, kind, item LIMIT ?)
        """
        .formatted(COLUMNS, stretch);
  }

  private static int bind(PreparedStatement select, int first, int queue, LaneRange range)
      throws SQLException {
    int column = first;
    if (range.fromTask() != null) {
      select.setInt(column++, queue);
      select.setInt(column++, range.lane());
      select.setObject(column++, Columns.utc(range.from()));
      select.setLong(column++, range.fromTask());
      select.setInt(column++, range.limit());
    }
    select.setInt(column++, queue);
    select.setInt(column++, range.lane());
    select.setObject(column++, Columns.utc(range.from()));
    select.setObject(column++, Columns.utc(range.until()));
    select.setInt(column++, range.limit());
    return column;
  }

  /** Deletes rows by their primary keys; fewer are counted when some were gone already. */
  static int delete(Connection connection, Collection<Delivery> settled) throws SQLException {
    String sql = "DELETE FROM deliveries WHERE " + keys(settled.size());
    try (PreparedStatement delete = connection.prepareStatement(sql)) {
      bindKeys(delete, settled);
      return delete.executeUpdate();
    }
  }

  /** Those that still stand where they stood, locked. */
  static Set<DeliveryKey> present(Connection connection, Collection<Delivery> deliveries)
      throws SQLException {
    String sql =
        "SELECT id_tasks, kind, item FROM deliveries WHERE "
            + keys(deliveries.size())
            + " FOR UPDATE";
    Set<DeliveryKey> present = new HashSet<>();
    try (PreparedStatement select = connection.prepareStatement(sql)) {
      bindKeys(select, deliveries);
      try (ResultSet row = select.executeQuery()) {
        while (row.next()) {
          present.add(key(row));
        }
      }
    }
    return present;
  }

  private static String keys(int count) {
    String one =
        "(id_gateways = ? AND lane = ? AND due_at = ? AND id_tasks = ? AND kind = ? AND item = ?)";
    return one + (" OR " + one).repeat(count - 1);
  }

  private static void bindKeys(PreparedStatement statement, Collection<Delivery> deliveries)
      throws SQLException {
    int column = 1;
    for (Delivery delivery : deliveries.stream().sorted(CLAIM_ORDER).toList()) {
      column = bindKey(statement, column, delivery);
    }
  }

  private static int bindKey(PreparedStatement statement, int first, Delivery delivery)
      throws SQLException {
    statement.setInt(first, delivery.place().queue());
    statement.setInt(first + 1, delivery.place().lane());
    statement.setObject(first + 2, Columns.utc(delivery.place().dueAt()));
    statement.setLong(first + 3, delivery.taskId());
    statement.setString(first + 4, delivery.key().kind().word());
    statement.setInt(first + 5, delivery.key().item());
    return first + 6;
  }

  /** Puts deliveries where they stand, with their progress. */
  static void insert(Connection connection, Collection<Delivery> deliveries) throws SQLException {
    if (deliveries.isEmpty()) {
      return;
    }
    String sql =
        """
        INSERT INTO deliveries (%s)
        VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
        """
            .formatted(COLUMNS);
    try (PreparedStatement insert = connection.prepareStatement(sql)) {
      for (Delivery delivery : deliveries.stream().sorted(CLAIM_ORDER).toList()) {
        int column = bindKey(insert, 1, delivery);
        insert.setString(column++, delivery.day().toString());
        insert.setLong(column++, delivery.origin().cdrId());
        insert.setInt(column++, delivery.origin().rmOrgId());
        column = bindProgress(insert, column, delivery);
        insert.setObject(column, Columns.utc(delivery.createdAt()));
        insert.addBatch();
      }
      insert.executeBatch();
    }
  }

  private static int bindProgress(PreparedStatement insert, int first, Delivery delivery)
      throws SQLException {
    Progress progress = delivery.progress();
    Instant blamedAt = progress.blamedAt();
    insert.setBoolean(first, progress.bound());
    insert.setInt(first + 1, progress.sends());
    insert.setInt(first + 2, progress.failures());
    insert.setInt(first + 3, progress.failuresBefore());
    insert.setInt(first + 4, delivery.payloadVersion());
    insert.setObject(first + 5, progress.blamed());
    insert.setObject(first + 6, blamedAt == null ? null : Columns.utc(blamedAt));
    return first + 7;
  }

  /**
   * Moves deliveries that were never sent to other queues. They become due now: an owner does not
   * look for new rows far behind those that it has read.
   */
  public static void move(Connection connection, Map<Delivery, Integer> targets, Instant now)
      throws SQLException {
    String sql =
        """
        UPDATE deliveries SET id_gateways = ?, due_at = GREATEST(due_at, ?)
         WHERE id_gateways = ? AND lane = ? AND due_at = ? AND id_tasks = ? AND kind = ?
           AND item = ? AND NOT bound
        """;
    try (PreparedStatement update = connection.prepareStatement(sql)) {
      List<Map.Entry<Delivery, Integer>> inOrder =
          targets.entrySet().stream().sorted(Map.Entry.comparingByKey(CLAIM_ORDER)).toList();
      for (Map.Entry<Delivery, Integer> move : inOrder) {
        update.setInt(1, move.getValue());
        update.setObject(2, Columns.utc(now));
        bindKey(update, 3, move.getKey());
        update.addBatch();
      }
      update.executeBatch();
    }
  }

  /** What tasks still wait for; those that wait for nothing are absent. */
  static Map<Long, Waiting> waiting(Connection connection, Collection<Long> tasks)
      throws SQLException {
    Map<Long, Waiting> waiting = new HashMap<>();
    if (tasks.isEmpty()) {
      return waiting;
    }
    String sql =
        """
        SELECT id_tasks, COUNT(*) AS waiting, MIN(due_at) AS earliest
          FROM deliveries FORCE INDEX (by_task)
         WHERE id_tasks IN (%s) GROUP BY id_tasks
        """
            .formatted(Columns.placeholders(tasks.size()));
    try (PreparedStatement select = connection.prepareStatement(sql)) {
      int column = 1;
      for (long task : tasks) {
        select.setLong(column++, task);
      }
      try (ResultSet row = select.executeQuery()) {
        while (row.next()) {
          waiting.put(
              row.getLong("id_tasks"),
              new Waiting(row.getInt("waiting"), Columns.instant(row, "earliest")));
        }
      }
    }
    return waiting;
  }

  /** Takes all that a task still waits for out of its queues. */
  static int deleteOfTask(Connection connection, long task) throws SQLException {
    String sql = "DELETE FROM deliveries WHERE id_tasks = ?";
    try (PreparedStatement delete = connection.prepareStatement(sql)) {
      delete.setLong(1, task);
      return delete.executeUpdate();
    }
  }

  /** How much waits in a queue, counted no further than is worth knowing. */
  public static Backlog backlog(Connection connection, int queue) throws SQLException {
    String sql =
        """
        SELECT COUNT(*) AS waiting, MIN(created_at) AS oldest FROM (
          SELECT created_at FROM deliveries FORCE INDEX (PRIMARY)
           WHERE id_gateways = ? LIMIT ?) AS head
        """;
    try (PreparedStatement select = connection.prepareStatement(sql)) {
      select.setInt(1, queue);
      select.setInt(2, Backlog.COUNTED);
      try (ResultSet row = select.executeQuery()) {
        row.next();
        return new Backlog(row.getInt("waiting"), Columns.instantOrNull(row, "oldest"));
      }
    }
  }

  private static DeliveryKey key(ResultSet row) throws SQLException {
    return new DeliveryKey(
        row.getLong("id_tasks"), DeliveryKind.ofWord(row.getString("kind")), row.getInt("item"));
  }

  private static Delivery delivery(ResultSet row) throws SQLException {
    return new Delivery(
        key(row),
        new Place(row.getInt("id_gateways"), row.getInt("lane"), Columns.instant(row, "due_at")),
        new Delivery.Origin(
            row.getLong("id_normalized_cdrs"),
            TableSuffix.parse(row.getString("TableSuffix")),
            row.getInt("rmOrgID")),
        row.getInt("payload_version"),
        Columns.instant(row, "created_at"),
        new Progress(
            row.getBoolean("bound"),
            row.getInt("sends"),
            row.getInt("failures"),
            row.getInt("failures_before"),
            row.getObject("misconfigured", Integer.class),
            Columns.instantOrNull(row, "misconfigured_at")));
  }
}
