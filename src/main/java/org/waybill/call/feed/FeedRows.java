package org.waybill.call.feed;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import org.waybill.platform.Columns;

/** The table {@code feeds}: how far each is read, and what keeps it from being read. */
final class FeedRows {
  private FeedRows() {}

  static long cursor(Connection connection, Feed feed) throws SQLException {
    try (PreparedStatement select =
        connection.prepareStatement("SELECT last_id FROM feeds WHERE feed = ?")) {
      select.setString(1, feed.word());
      try (ResultSet row = select.executeQuery()) {
        return row.next() ? row.getLong(1) : 0;
      }
    }
  }

  /** Never backwards. */
  static void advance(Connection connection, Feed feed, long id) throws SQLException {
    String sql = "UPDATE feeds SET last_id = GREATEST(last_id, ?) WHERE feed = ?";
    try (PreparedStatement update = connection.prepareStatement(sql)) {
      update.setLong(1, id);
      update.setString(2, feed.word());
      update.executeUpdate();
    }
  }

  static void failed(Connection connection, Feed feed, int failures, String why, Instant at)
      throws SQLException {
    String sql =
        """
        UPDATE feeds SET failures = ?, problem = LEFT(?, 1000),
          failing_since = COALESCE(failing_since, ?)
         WHERE feed = ?
        """;
    try (PreparedStatement update = connection.prepareStatement(sql)) {
      update.setInt(1, failures);
      update.setString(2, why);
      update.setObject(3, Columns.utc(at));
      update.setString(4, feed.word());
      update.executeUpdate();
    }
  }

  /** Says that all is well; also of a node that another one found failing. */
  static void recovered(Connection connection, Feed feed) throws SQLException {
    String sql =
        """
        UPDATE feeds SET failures = 0, problem = NULL, failing_since = NULL
         WHERE feed = ? AND failing_since IS NOT NULL
        """;
    try (PreparedStatement update = connection.prepareStatement(sql)) {
      update.setString(1, feed.word());
      update.executeUpdate();
    }
  }
}
