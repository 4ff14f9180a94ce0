package org.waybill.access;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.waybill.platform.Columns;

/** The table {@code sessions}. */
final class SessionRows {
  private SessionRows() {}

  /**
   * One of them.
   *
   * @param digest of the password or of the trust that opened it
   */
  @SuppressWarnings("ArrayRecordComponent") // never compared as a whole
  record Row(Opener opener, byte[] digest, Instant beganAt, Instant usedAt) {}

  static @Nullable Row find(Connection connection, Session session) throws SQLException {
    String sql =
        """
        SELECT id_users, password_digest, began_at, used_at, caller, roles, id_token
          FROM sessions WHERE token_hash = ?
        """;
    try (PreparedStatement select = connection.prepareStatement(sql)) {
      select.setBytes(1, session.hash());
      try (ResultSet row = select.executeQuery()) {
        return row.next()
            ? new Row(
                opener(row),
                row.getBytes("password_digest"),
                Columns.instant(row, "began_at"),
                Columns.instant(row, "used_at"))
            : null;
      }
    }
  }

  private static Opener opener(ResultSet row) throws SQLException {
    String caller = row.getString("caller");
    return caller == null
        ? new Opener.Password(row.getInt("id_users"))
        : new Opener.Provider(
            caller, Words.split(row.getString("roles")), row.getString("id_token"));
  }

  /** Begun and used at the same time. */
  static void insert(
      Connection connection, Session session, Opener opener, byte[] digest, Instant now)
      throws SQLException {
    String sql =
        """
        INSERT INTO sessions
               (token_hash, password_digest, began_at, used_at, id_users, caller, roles, id_token)
        VALUES (?, ?, ?, ?, ?, ?, ?, ?)
        """;
    try (PreparedStatement insert = connection.prepareStatement(sql)) {
      insert.setBytes(1, session.hash());
      insert.setBytes(2, digest);
      insert.setObject(3, Columns.utc(now));
      insert.setObject(4, Columns.utc(now));
      if (opener instanceof Opener.Provider provider) {
        insert.setNull(5, Types.INTEGER);
        insert.setString(6, provider.caller());
        insert.setString(7, Words.join(provider.roles()));
        insert.setString(8, provider.idToken());
      } else if (opener instanceof Opener.Password password) {
        insert.setInt(5, password.user());
        insert.setNull(6, Types.VARCHAR);
        insert.setNull(7, Types.VARCHAR);
        insert.setNull(8, Types.VARCHAR);
      }
      insert.executeUpdate();
    }
  }

  static int use(Connection connection, Session session, Instant now) throws SQLException {
    String sql = "UPDATE sessions SET used_at = ? WHERE token_hash = ?";
    try (PreparedStatement update = connection.prepareStatement(sql)) {
      update.setObject(1, Columns.utc(now));
      update.setBytes(2, session.hash());
      return update.executeUpdate();
    }
  }

  static void delete(Connection connection, Session session) throws SQLException {
    try (PreparedStatement delete =
        connection.prepareStatement("DELETE FROM sessions WHERE token_hash = ?")) {
      delete.setBytes(1, session.hash());
      delete.executeUpdate();
    }
  }

  static void deleteUnusedSince(Connection connection, Instant moment) throws SQLException {
    try (PreparedStatement delete =
        connection.prepareStatement("DELETE FROM sessions WHERE used_at < ?")) {
      delete.setObject(1, Columns.utc(moment));
      delete.executeUpdate();
    }
  }
}
