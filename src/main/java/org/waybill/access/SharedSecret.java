package org.waybill.access;

import java.security.SecureRandom;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import org.jspecify.annotations.Nullable;
import org.waybill.platform.Database;

/**
 * Random bytes that all nodes of a database have in common: the first one that needs them makes
 * them. Owner of {@code secrets}.
 */
final class SharedSecret {
  private static final int BYTES = 32;

  private final Database database;
  private final String name;
  private volatile byte @Nullable [] known;

  SharedSecret(Database database, String name) {
    this.database = database;
    this.name = name;
  }

  /**
   * @throws org.waybill.platform.DatabaseException when it is not known yet and the database is
   *     away
   */
  byte[] bytes() {
    byte[] bytes = known;
    if (bytes == null) {
      bytes = database.transact("read the secret " + name, this::readOrMake);
      known = bytes;
    }
    return bytes;
  }

  /** Of two nodes that make it at the same time the second one's insert does nothing. */
  private byte[] readOrMake(Connection connection) throws SQLException {
    byte[] there = read(connection);
    if (there != null) {
      return there;
    }
    byte[] made = new byte[BYTES];
    new SecureRandom().nextBytes(made);
    String sql =
        "INSERT INTO secrets (name, secret) VALUES (?, ?) ON DUPLICATE KEY UPDATE name = name";
    try (PreparedStatement insert = connection.prepareStatement(sql)) {
      insert.setString(1, name);
      insert.setBytes(2, made);
      insert.executeUpdate();
    }
    byte[] stored = read(connection);
    return stored == null ? made : stored;
  }

  private byte @Nullable [] read(Connection connection) throws SQLException {
    try (PreparedStatement select =
        connection.prepareStatement("SELECT secret FROM secrets WHERE name = ?")) {
      select.setString(1, name);
      try (ResultSet row = select.executeQuery()) {
        return row.next() ? row.getBytes(1) : null;
      }
    }
  }
}
