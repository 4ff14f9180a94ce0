package org.waybill.call.feed;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.waybill.platform.Database;

/**
 * Whether it is this node that polls: a lease in the database, as docs/adr/0002 has it for queues.
 * All times are the database's.
 */
final class FeedLease {
  private static final Duration DEAD = Duration.ofSeconds(15);
  private static final Duration RENEWED = Duration.ofSeconds(4);
  private static final Duration LOOKED = Duration.ofSeconds(1);

  private final Database database;
  private final String node;
  private final long deadMicros;

  /** Null while it is another node's. */
  private volatile @Nullable Long epoch;

  private long lookedAt = System.nanoTime() - RENEWED.toNanos();

  FeedLease(Database database, String node) {
    this(database, node, DEAD);
  }

  FeedLease(Database database, String node, Duration dead) {
    this.database = database;
    this.node = node.length() > 255 ? node.substring(0, 255) : node;
    this.deadMicros = dead.toMillis() * 1000;
  }

  /** Takes it when it is free, renews it when it is ours. */
  synchronized boolean isOurs() {
    Long own = epoch;
    Duration rest = own == null ? LOOKED : RENEWED;
    if (System.nanoTime() - lookedAt >= rest.toNanos()) {
      epoch =
          database
              .transact(
                  "see who polls feeds",
                  connection ->
                      own != null && renew(connection, own) ? Optional.of(own) : take(connection))
              .orElse(null);
      lookedAt = System.nanoTime();
    }
    return epoch != null;
  }

  /**
   * Renews it, and keeps all others waiting until the end of the transaction. This is the fence: it
   * is written and not only read, so that a Galera cluster also sees two owners collide.
   *
   * @throws Fenced when it is another node's by now
   */
  void hold(Connection connection) throws SQLException {
    if (!isHeld(connection)) {
      throw new Fenced();
    }
  }

  /** The same as an answer. */
  boolean isHeld(Connection connection) throws SQLException {
    Long own = epoch;
    return own != null && renew(connection, own);
  }

  /** Lets another node go on at once. */
  synchronized void release() {
    Long own = epoch;
    epoch = null;
    if (own == null) {
      return;
    }
    String sql = "UPDATE feed_lease SET node = NULL, expires_at = NULL WHERE id = 1 AND epoch = ?";
    database.transact(
        "let others poll feeds",
        connection -> {
          try (PreparedStatement update = connection.prepareStatement(sql)) {
            update.setLong(1, own);
            return update.executeUpdate();
          }
        });
  }

  private boolean renew(Connection connection, long own) throws SQLException {
    String sql =
        """
        UPDATE feed_lease SET expires_at = UTC_TIMESTAMP(3) + INTERVAL ? MICROSECOND
         WHERE id = 1 AND epoch = ?
        """;
    try (PreparedStatement update = connection.prepareStatement(sql)) {
      update.setLong(1, deadMicros);
      update.setLong(2, own);
      return update.executeUpdate() == 1;
    }
  }

  private Optional<Long> take(Connection connection) throws SQLException {
    String sql =
        """
        UPDATE feed_lease SET node = ?, epoch = epoch + 1,
          expires_at = UTC_TIMESTAMP(3) + INTERVAL ? MICROSECOND
         WHERE id = 1 AND (node IS NULL OR expires_at < UTC_TIMESTAMP(3))
        """;
    try (PreparedStatement update = connection.prepareStatement(sql)) {
      update.setString(1, node);
      update.setLong(2, deadMicros);
      return update.executeUpdate() == 1 ? Optional.of(epoch(connection)) : Optional.empty();
    }
  }

  private static long epoch(Connection connection) throws SQLException {
    try (PreparedStatement select =
            connection.prepareStatement("SELECT epoch FROM feed_lease WHERE id = 1");
        ResultSet row = select.executeQuery()) {
      row.next();
      return row.getLong(1);
    }
  }
}
