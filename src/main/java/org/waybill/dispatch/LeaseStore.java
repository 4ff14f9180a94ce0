package org.waybill.dispatch;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.waybill.platform.Columns;

/** The tables {@code nodes} and {@code gateway_leases}. All times are the database's. */
final class LeaseStore {
  private final int node;
  private final long deadMicros;

  LeaseStore(int node, Duration dead) {
    this.node = node;
    this.deadMicros = dead.toMillis() * 1000;
  }

  /**
   * A row of {@code gateway_leases}.
   *
   * @param free nobody owns it, or its owner has not renewed it in time
   * @param neglected free for so long that whoever should have taken it did not
   */
  record Row(Lease lease, @Nullable Integer node, boolean free, boolean neglected) {}

  /** Writes a new node down and gives it its {@code node_index}. */
  static int register(Connection connection, String name) throws SQLException {
    String sql =
        """
        INSERT INTO nodes (name, started_at, heartbeat_at)
        VALUES (?, UTC_TIMESTAMP(3), UTC_TIMESTAMP(3))
        """;
    try (PreparedStatement insert =
        connection.prepareStatement(sql, Statement.RETURN_GENERATED_KEYS)) {
      insert.setString(1, name);
      insert.executeUpdate();
      return Math.toIntExact(Columns.generatedKeys(insert, 1).get(0));
    }
  }

  void stopped(Connection connection) throws SQLException {
    String sql = "UPDATE nodes SET stopped_at = UTC_TIMESTAMP(3) WHERE id = ?";
    try (PreparedStatement update = connection.prepareStatement(sql)) {
      update.setInt(1, node);
      update.executeUpdate();
    }
  }

  void beat(Connection connection) throws SQLException {
    String sql = "UPDATE nodes SET heartbeat_at = UTC_TIMESTAMP(3), stopped_at = NULL WHERE id = ?";
    try (PreparedStatement update = connection.prepareStatement(sql)) {
      update.setInt(1, node);
      update.executeUpdate();
    }
  }

  int liveNodes(Connection connection) throws SQLException {
    String sql =
        """
        SELECT COUNT(*) FROM nodes
         WHERE stopped_at IS NULL AND heartbeat_at > UTC_TIMESTAMP(3) - INTERVAL ? MICROSECOND
        """;
    try (PreparedStatement select = connection.prepareStatement(sql)) {
      select.setLong(1, deadMicros);
      try (ResultSet row = select.executeQuery()) {
        row.next();
        return row.getInt(1);
      }
    }
  }

  /** The leases of these queues; one that has none yet is given a free one. */
  List<Row> rows(Connection connection, Collection<Integer> queues) throws SQLException {
    List<Row> rows = select(connection, queues);
    if (rows.size() == queues.size()) {
      return rows;
    }
    String sql = "INSERT IGNORE INTO gateway_leases (id_gateways) VALUES (?)";
    try (PreparedStatement insert = connection.prepareStatement(sql)) {
      for (int queue : queues) {
        insert.setInt(1, queue);
        insert.addBatch();
      }
      insert.executeBatch();
    }
    return select(connection, queues);
  }

  private List<Row> select(Connection connection, Collection<Integer> queues) throws SQLException {
    String sql =
        """
        SELECT id_gateways, node, epoch,
               node IS NULL OR expires_at < UTC_TIMESTAMP(3) AS free,
               COALESCE(expires_at < UTC_TIMESTAMP(3) - INTERVAL ? MICROSECOND, FALSE) AS neglected
          FROM gateway_leases WHERE id_gateways IN (%s) ORDER BY id_gateways
        """
            .formatted(Columns.placeholders(queues.size()));
    List<Row> rows = new ArrayList<>();
    try (PreparedStatement select = connection.prepareStatement(sql)) {
      select.setLong(1, deadMicros);
      int column = 2;
      for (int queue : queues) {
        select.setInt(column++, queue);
      }
      try (ResultSet row = select.executeQuery()) {
        while (row.next()) {
          Lease lease = new Lease(row.getInt("id_gateways"), row.getLong("epoch"));
          rows.add(
              new Row(
                  lease,
                  row.getObject("node", Integer.class),
                  row.getBoolean("free"),
                  row.getBoolean("neglected")));
        }
      }
    }
    return rows;
  }

  /**
   * Renews a lease, if it is still ours. This is the fence, too: it is written and not only read,
   * so that a Galera cluster also sees two owners collide.
   */
  boolean renew(Connection connection, Lease lease) throws SQLException {
    String sql =
        """
        UPDATE gateway_leases SET expires_at = UTC_TIMESTAMP(3) + INTERVAL ? MICROSECOND
         WHERE id_gateways = ? AND node = ? AND epoch = ?
        """;
    try (PreparedStatement update = connection.prepareStatement(sql)) {
      update.setLong(1, deadMicros);
      bind(update, 2, lease);
      return update.executeUpdate() == 1;
    }
  }

  /** Says how many sends are under way, for people. */
  void tell(Connection connection, Lease lease, int inFlight) throws SQLException {
    String sql =
        """
        UPDATE gateway_leases SET in_flight = ?
         WHERE in_flight <> ? AND id_gateways = ? AND node = ? AND epoch = ?
        """;
    try (PreparedStatement update = connection.prepareStatement(sql)) {
      update.setInt(1, inFlight);
      update.setInt(2, inFlight);
      bind(update, 3, lease);
      update.executeUpdate();
    }
  }

  /** Takes a free lease; false when another node was quicker. */
  boolean take(Connection connection, Lease free) throws SQLException {
    String sql =
        """
        UPDATE gateway_leases SET node = ?, epoch = epoch + 1, in_flight = 0,
          expires_at = UTC_TIMESTAMP(3) + INTERVAL ? MICROSECOND
         WHERE id_gateways = ? AND epoch = ? AND (node IS NULL OR expires_at < UTC_TIMESTAMP(3))
        """;
    try (PreparedStatement update = connection.prepareStatement(sql)) {
      update.setInt(1, node);
      update.setLong(2, deadMicros);
      update.setInt(3, free.queue());
      update.setLong(4, free.epoch());
      return update.executeUpdate() == 1;
    }
  }

  void release(Connection connection, Lease lease) throws SQLException {
    String sql =
        """
        UPDATE gateway_leases SET node = NULL, expires_at = UTC_TIMESTAMP(3)
         WHERE id_gateways = ? AND node = ? AND epoch = ?
        """;
    try (PreparedStatement update = connection.prepareStatement(sql)) {
      bind(update, 1, lease);
      update.executeUpdate();
    }
  }

  private void bind(PreparedStatement statement, int first, Lease lease) throws SQLException {
    statement.setInt(first, lease.queue());
    statement.setInt(first + 1, node);
    statement.setLong(first + 2, lease.epoch());
  }
}
