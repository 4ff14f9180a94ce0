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
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.waybill.platform.Columns;

/**
 * The hot table {@code deliveries}: what is still to be sent, in the order of its primary key. Who
 * owns a queue reads it without locks and deletes what is settled (docs/adr/0002).
 *
 * <p>Whoever changes the deliveries of a task locks its {@code tasks} row first, but for a change
 * of queue, which is its owner's.
 */
public final class Deliveries {
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
    return LaneScan.read(connection, queue, ranges);
  }

  /** Deletes rows by their primary keys; fewer are counted when some were gone already. */
  static int delete(Connection connection, Collection<Delivery> settled) throws SQLException {
    String sql = "DELETE FROM deliveries WHERE " + DeliveryRows.keys(settled.size());
    try (PreparedStatement delete = connection.prepareStatement(sql)) {
      DeliveryRows.bindKeys(delete, settled);
      return delete.executeUpdate();
    }
  }

  /** Those that still stand where they stood, locked. */
  static Set<DeliveryKey> present(Connection connection, Collection<Delivery> deliveries)
      throws SQLException {
    String sql =
        "SELECT id_tasks, kind, item FROM deliveries WHERE "
            + DeliveryRows.keys(deliveries.size())
            + " FOR UPDATE";
    Set<DeliveryKey> present = new HashSet<>();
    try (PreparedStatement select = connection.prepareStatement(sql)) {
      DeliveryRows.bindKeys(select, deliveries);
      try (ResultSet row = select.executeQuery()) {
        while (row.next()) {
          present.add(DeliveryRows.key(row));
        }
      }
    }
    return present;
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
            .formatted(DeliveryRows.COLUMNS);
    try (PreparedStatement insert = connection.prepareStatement(sql)) {
      for (Delivery delivery : deliveries.stream().sorted(DeliveryRows.CLAIM_ORDER).toList()) {
        int column = DeliveryRows.bindKey(insert, 1, delivery);
        insert.setString(column++, delivery.day().toString());
        insert.setLong(column++, delivery.origin().cdrId());
        insert.setInt(column++, delivery.origin().rmOrgId());
        column = DeliveryRows.bindProgress(insert, column, delivery);
        insert.setObject(column, Columns.utc(delivery.createdAt()));
        insert.addBatch();
      }
      insert.executeBatch();
    }
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
          targets.entrySet().stream()
              .sorted(Map.Entry.comparingByKey(DeliveryRows.CLAIM_ORDER))
              .toList();
      for (Map.Entry<Delivery, Integer> move : inOrder) {
        update.setInt(1, move.getValue());
        update.setObject(2, Columns.utc(now));
        DeliveryRows.bindKey(update, 3, move.getKey());
        update.addBatch();
      }
      update.executeBatch();
    }
  }

  /** Puts deliveries of locked tasks at other places of their queues. */
  static void place(Connection connection, Map<Delivery, Place> moves) throws SQLException {
    if (moves.isEmpty()) {
      return;
    }
    String sql =
        """
        UPDATE deliveries SET lane = ?, due_at = ?
         WHERE id_gateways = ? AND lane = ? AND due_at = ? AND id_tasks = ? AND kind = ?
           AND item = ?
        """;
    try (PreparedStatement update = connection.prepareStatement(sql)) {
      List<Map.Entry<Delivery, Place>> inOrder =
          moves.entrySet().stream()
              .sorted(Map.Entry.comparingByKey(DeliveryRows.CLAIM_ORDER))
              .toList();
      for (Map.Entry<Delivery, Place> move : inOrder) {
        update.setInt(1, move.getValue().lane());
        update.setObject(2, Columns.utc(move.getValue().dueAt()));
        DeliveryRows.bindKey(update, 3, move.getKey());
        update.addBatch();
      }
      update.executeBatch();
    }
  }

  /** All that tasks still wait for, locked. */
  static List<Delivery> ofTasks(Connection connection, Collection<Long> tasks) throws SQLException {
    String sql =
        "SELECT "
            + DeliveryRows.COLUMNS
            + " FROM deliveries FORCE INDEX (by_task) WHERE id_tasks IN ("
            + Columns.placeholders(tasks.size())
            + ") FOR UPDATE";
    List<Delivery> found = new ArrayList<>();
    try (PreparedStatement select = connection.prepareStatement(sql)) {
      int column = 1;
      for (long task : tasks) {
        select.setLong(column++, task);
      }
      try (ResultSet row = select.executeQuery()) {
        while (row.next()) {
          found.add(DeliveryRows.delivery(row));
        }
      }
    }
    return found;
  }

  /** What a queue waits for first, whatever its lane: a look at the head of each. */
  static Optional<Delivery> first(Connection connection, int queue) throws SQLException {
    String sql =
        "SELECT "
            + DeliveryRows.COLUMNS
            + " FROM deliveries WHERE id_gateways = ? AND lane = ? ORDER BY due_at LIMIT 1";
    List<Delivery> heads = new ArrayList<>();
    try (PreparedStatement select = connection.prepareStatement(sql)) {
      for (int lane = 0; lane < Place.LANES; lane++) {
        select.setInt(1, queue);
        select.setInt(2, lane);
        try (ResultSet row = select.executeQuery()) {
          if (row.next()) {
            heads.add(DeliveryRows.delivery(row));
          }
        }
      }
    }
    return heads.stream().min(Comparator.comparing(head -> head.place().dueAt()));
  }

  /** What waits in a queue of some tasks, as it stands now. */
  public static List<Delivery> standing(
      Connection connection, int queue, Collection<DeliveryKey> keys) throws SQLException {
    if (keys.isEmpty()) {
      return List.of();
    }
    String sql =
        "SELECT "
            + DeliveryRows.COLUMNS
            + " FROM deliveries FORCE INDEX (by_task) WHERE id_tasks IN ("
            + Columns.placeholders(keys.size())
            + ") AND id_gateways = ?";
    Set<DeliveryKey> wanted = new HashSet<>(keys);
    List<Delivery> standing = new ArrayList<>();
    try (PreparedStatement select = connection.prepareStatement(sql)) {
      int column = 1;
      for (DeliveryKey key : keys) {
        select.setLong(column++, key.taskId());
      }
      select.setInt(column, queue);
      try (ResultSet row = select.executeQuery()) {
        while (row.next()) {
          Delivery delivery = DeliveryRows.delivery(row);
          if (wanted.contains(delivery.key())) {
            standing.add(delivery);
          }
        }
      }
    }
    return standing;
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

  /** The same of many. */
  static void deleteOfTasks(Connection connection, Collection<Long> tasks) throws SQLException {
    if (tasks.isEmpty()) {
      return;
    }
    // Statistics are frozen while the table is empty, so the plan is named.
    String sql =
        "DELETE d FROM deliveries d FORCE INDEX (by_task) WHERE d.id_tasks IN ("
            + Columns.placeholders(tasks.size())
            + ")";
    try (PreparedStatement delete = connection.prepareStatement(sql)) {
      int column = 1;
      for (long task : tasks) {
        delete.setLong(column++, task);
      }
      delete.executeUpdate();
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
}
