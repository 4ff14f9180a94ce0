package org.waybill.access;

import jakarta.persistence.EntityManager;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import org.jspecify.annotations.Nullable;
import org.waybill.platform.DatabaseException;

/**
 * Owner of {@code audit_log}: who changed what, and why. A line is written in the transaction of
 * the change itself, so that there is never one without the other.
 */
public final class Audit {
  private static final int MAX_REASON = 1000;

  private Audit() {}

  /**
   * One line.
   *
   * @param who name of the caller
   * @param action such as {@code task.rerun}
   * @param subject what was changed, such as {@code task 17}
   * @param reason the caller's own words
   * @param detail the new values; never a password or a key
   */
  public record Entry(
      String who,
      String action,
      String subject,
      @Nullable String reason,
      @Nullable String detail) {}

  public static void record(Connection connection, Entry entry) throws SQLException {
    String sql =
        """
        INSERT INTO audit_log (at, who, action, subject, reason, detail)
        VALUES (UTC_TIMESTAMP(3), ?, ?, ?, ?, ?)
        """;
    try (PreparedStatement statement = connection.prepareStatement(sql)) {
      statement.setString(1, entry.who());
      statement.setString(2, entry.action());
      statement.setString(3, cut(entry.subject(), 255));
      statement.setString(4, cut(entry.reason(), MAX_REASON));
      statement.setString(5, entry.detail());
      statement.executeUpdate();
    }
  }

  static void record(EntityManager manager, Entry entry) {
    try {
      record(manager.unwrap(Connection.class), entry);
    } catch (SQLException e) {
      throw new DatabaseException("write the audit log", e);
    }
  }

  private static @Nullable String cut(@Nullable String text, int length) {
    return text == null || text.length() <= length ? text : text.substring(0, length);
  }
}
