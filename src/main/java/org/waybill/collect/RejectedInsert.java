package org.waybill.collect;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.sql.Types;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.waybill.cdr.Uuids;
import org.waybill.normalize.smdr.LineType;
import org.waybill.platform.Columns;

/** Adds a document to {@code rejected_cdrs}, or counts it there. */
final class RejectedInsert {
  private RejectedInsert() {}

  /**
   * Looks before it inserts: a sender that repeats ten megabytes, because the first answer came
   * late, must not wait for them to be written again.
   *
   * @return the id
   */
  static long run(Connection connection, Arrived arrived, Rejection rejection) throws SQLException {
    byte[] hash = hash(arrived);
    Optional<Long> known = find(connection, hash);
    if (known.isEmpty()) {
      return insert(connection, arrived, hash, rejection);
    }
    count(connection, known.get(), arrived, rejection);
    RejectedPostings.kept(connection, arrived, rejection, true);
    return known.get();
  }

  private static Optional<Long> find(Connection connection, byte[] hash) throws SQLException {
    try (PreparedStatement select =
        connection.prepareStatement("SELECT id FROM rejected_cdrs WHERE body_hash = ?")) {
      select.setBytes(1, hash);
      try (ResultSet row = select.executeQuery()) {
        return row.next() ? Optional.of(row.getLong(1)) : Optional.empty();
      }
    }
  }

  /** What was edited by an operator is explained by its own violations, not by the old ones. */
  private static void count(Connection connection, long id, Arrived arrived, Rejection rejection)
      throws SQLException {
    String sql =
        """
        UPDATE rejected_cdrs SET times = times + 1, last_received_at = ?,
          state = IF(state = 'accepted' AND original_body IS NULL, 'open', state),
          reason = IF(state = 'open' AND original_body IS NULL, ?, reason),
          violations = IF(state = 'open' AND original_body IS NULL, ?, violations),
          cause = IF(state = 'open' AND original_body IS NULL, ?, cause)
         WHERE id = ?
        """;
    try (PreparedStatement update = connection.prepareStatement(sql)) {
      update.setObject(1, Columns.utc(arrived.at()));
      update.setString(2, rejection.reason().name());
      update.setString(3, Violations.json(rejection.violations()).toString());
      update.setString(4, rejection.cause());
      update.setLong(5, id);
      update.executeUpdate();
    }
  }

  private static long insert(
      Connection connection, Arrived arrived, byte[] hash, Rejection rejection)
      throws SQLException {
    String sql =
        """
        INSERT INTO rejected_cdrs (received_at, last_received_at, source, sender, reason, rmOrgID,
          uuid, content_type, url_uuid, body_hash, body, violations, sender_organizations, cause)
        VALUES (?, ?, ?, LEFT(?, 128), ?, ?, ?, LEFT(?, 255), LEFT(?, 255), ?, ?, ?, ?, ?)
        ON DUPLICATE KEY UPDATE id = LAST_INSERT_ID(id), times = times + 1,
          last_received_at = VALUES(last_received_at)
        """;
    try (PreparedStatement insert =
        connection.prepareStatement(sql, Statement.RETURN_GENERATED_KEYS)) {
      bind(insert, arrived, hash, rejection);
      boolean again = insert.executeUpdate() > 1; // ON DUPLICATE KEY UPDATE counts as two
      long id = firstKey(insert);
      RejectedPostings.kept(connection, arrived, rejection, again);
      return id;
    }
  }

  private static void bind(
      PreparedStatement insert, Arrived arrived, byte[] hash, Rejection rejection)
      throws SQLException {
    insert.setObject(1, Columns.utc(arrived.at()));
    insert.setObject(2, Columns.utc(arrived.at()));
    insert.setString(3, arrived.source());
    insert.setString(4, arrived.caller().name());
    insert.setString(5, rejection.reason().name());
    insert.setObject(6, rejection.rmOrgId());
    setUuid(insert, 7, rejection.uuid());
    insert.setString(8, arrived.contentType());
    insert.setString(9, arrived.urlUuid());
    insert.setBytes(10, hash);
    insert.setBytes(11, arrived.body());
    insert.setString(12, Violations.json(rejection.violations()).toString());
    insert.setString(13, organizations(arrived));
    insert.setString(14, rejection.cause());
  }

  private static String organizations(Arrived arrived) {
    return arrived.caller().organizations().stream()
        .sorted()
        .map(String::valueOf)
        .collect(Collectors.joining(","));
  }

  static void setUuid(PreparedStatement statement, int column, @Nullable UUID uuid)
      throws SQLException {
    if (uuid == null) {
      statement.setNull(column, Types.BINARY);
    } else {
      statement.setBytes(column, Uuids.bytes(uuid));
    }
  }

  /** The driver makes two keys of an update, one for each affected row; the first is the row's. */
  private static long firstKey(PreparedStatement insert) throws SQLException {
    try (ResultSet keys = insert.getGeneratedKeys()) {
      if (!keys.next()) {
        throw new SQLException("A rejected document was kept but was given no id.");
      }
      return keys.getLong(1);
    }
  }

  /**
   * The bytes alone do not say what a raw document is: its uuid may stand in its address only, and
   * the day of an Avaya record in its content type.
   */
  static byte[] hash(Arrived arrived) {
    try {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      digest.update(arrived.body());
      if (!arrived.isNative()) {
        String label = "\0" + arrived.source() + "\0" + arrived.urlUuid();
        digest.update(label.getBytes(StandardCharsets.UTF_8));
        if (LineType.isOne(arrived.contentType())) {
          digest.update(("\0" + arrived.contentType()).getBytes(StandardCharsets.UTF_8));
        }
      }
      return digest.digest();
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("Every Java platform has SHA-256.", e);
    }
  }
}
