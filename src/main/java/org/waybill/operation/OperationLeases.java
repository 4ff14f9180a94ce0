package org.waybill.operation;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The table {@code operations} as its workers see it: one node owns an operation at a time, by a
 * lease in the operation's own row (as docs/adr/0002 has it for queues). All times are the
 * database's.
 */
final class OperationLeases {
  private final String node;
  private final long deadMicros;

  OperationLeases(String node, Duration dead) {
    this.node = node.length() > 255 ? node.substring(0, 255) : node;
    this.deadMicros = dead.toMillis() * 1000;
  }

  /** All that run, on whatever node, oldest first. */
  static List<Running> running(Connection connection) throws SQLException {
    String sql =
        "SELECT "
            + OperationRows.COLUMNS
            + ", node IS NULL OR expires_at < UTC_TIMESTAMP(3) AS free"
            + " FROM operations WHERE state = 'running' ORDER BY id";
    List<Running> all = new ArrayList<>();
    try (PreparedStatement select = connection.prepareStatement(sql);
        ResultSet row = select.executeQuery()) {
      while (row.next()) {
        Operation operation = OperationRows.operation(row);
        Order order =
            new Order(
                operation.id(),
                operation.filter(),
                row.getString("up_to"),
                operation.startedAt(),
                operation.by(),
                operation.reason());
        Lease lease = new Lease(operation.id(), row.getLong("epoch"));
        all.add(
            new Running(
                operation, order, lease, row.getString("position"), row.getBoolean("free")));
      }
    }
    return all;
  }

  /** Takes a free one; false when another node was quicker. */
  boolean take(Connection connection, Lease free) throws SQLException {
    String sql =
        """
        UPDATE operations SET node = ?, epoch = epoch + 1,
          expires_at = UTC_TIMESTAMP(3) + INTERVAL ? MICROSECOND
         WHERE id = ? AND epoch = ? AND state = 'running'
           AND (node IS NULL OR expires_at < UTC_TIMESTAMP(3))
        """;
    try (PreparedStatement update = connection.prepareStatement(sql)) {
      update.setString(1, node);
      update.setLong(2, deadMicros);
      update.setLong(3, free.operation());
      update.setLong(4, free.epoch());
      return update.executeUpdate() == 1;
    }
  }

  /**
   * Renews a lease, and locks the operation for the rest of the transaction. This is the fence: it
   * is written and not only read, so that a Galera cluster also sees two owners collide.
   *
   * @throws Fenced when it is another node's by now
   */
  void hold(Connection connection, Lease lease) throws SQLException {
    String sql =
        """
        UPDATE operations SET expires_at = UTC_TIMESTAMP(3) + INTERVAL ? MICROSECOND
         WHERE id = ? AND epoch = ?
        """;
    try (PreparedStatement update = connection.prepareStatement(sql)) {
      update.setLong(1, deadMicros);
      update.setLong(2, lease.operation());
      update.setLong(3, lease.epoch());
      if (update.executeUpdate() != 1) {
        throw new Fenced(lease);
      }
    }
  }

  /** Adds to what is done of a held one, and says up to which item. */
  static void progress(Connection connection, Lease lease, List<ItemOutcome> outcomes, String last)
      throws SQLException {
    String sql =
        """
        UPDATE operations SET processed = processed + ?, succeeded = succeeded + ?,
          unchanged = unchanged + ?, failed = failed + ?, position = ?
         WHERE id = ?
        """;
    long ok = outcomes.stream().filter(ItemOutcome::ok).count();
    try (PreparedStatement update = connection.prepareStatement(sql)) {
      update.setInt(1, outcomes.size());
      update.setLong(2, ok);
      update.setLong(3, outcomes.stream().filter(ItemOutcome::unchanged).count());
      update.setLong(4, outcomes.size() - ok);
      update.setString(5, last);
      update.setLong(6, lease.operation());
      update.executeUpdate();
    }
  }

  /** Says how quickly it goes; nothing where it is another node's by now. */
  static int tell(Connection connection, Lease lease, @Nullable Double perSecond)
      throws SQLException {
    String sql =
        """
        UPDATE operations SET achieved_per_second = ?, progress_at = UTC_TIMESTAMP(3)
         WHERE id = ? AND epoch = ?
        """;
    try (PreparedStatement update = connection.prepareStatement(sql)) {
      update.setObject(1, perSecond);
      update.setLong(2, lease.operation());
      update.setLong(3, lease.epoch());
      return update.executeUpdate();
    }
  }

  /** Ends a held one that still runs; false when an operator was quicker. */
  static boolean end(Connection connection, Lease lease, OperationState state, String problem)
      throws SQLException {
    String sql =
        """
        UPDATE operations SET state = ?, problem = LEFT(NULLIF(?, ''), 1000), node = NULL,
          expires_at = NULL, finished_at = UTC_TIMESTAMP(3)
         WHERE id = ? AND state = 'running'
        """;
    try (PreparedStatement update = connection.prepareStatement(sql)) {
      update.setString(1, state.word());
      update.setString(2, problem);
      update.setLong(3, lease.operation());
      return update.executeUpdate() == 1;
    }
  }

  /** Lets another node go on at once. */
  static void release(Connection connection, Lease lease) throws SQLException {
    String sql = "UPDATE operations SET node = NULL, expires_at = NULL WHERE id = ? AND epoch = ?";
    try (PreparedStatement update = connection.prepareStatement(sql)) {
      update.setLong(1, lease.operation());
      update.setLong(2, lease.epoch());
      update.executeUpdate();
    }
  }
}
