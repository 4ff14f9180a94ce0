package org.waybill.cdr;

import java.nio.ByteBuffer;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.UUID;
import org.waybill.platform.Database;

/** Writes a CDR with a task as a commit would, for tests of what happens to its day. */
final class CdrRows {
  private final Database database;

  CdrRows(Database database) {
    this.database = database;
  }

  static Clock clockAt(LocalDate day) {
    return Clock.fixed(day.atTime(12, 0).toInstant(ZoneOffset.UTC), ZoneOffset.UTC);
  }

  /** False when the day is just leaving, so that nothing was stored. */
  boolean add(UUID uuid, LocalDate day, Instant received, String done) {
    return database.transact("store", connection -> add(connection, uuid, day, received, done));
  }

  static boolean add(Connection connection, UUID uuid, LocalDate day, Instant received, String done)
      throws SQLException {
    TableSuffix suffix = new TableSuffix(day);
    if (!new OldDays().enter(connection, List.of(suffix), received).isEmpty()) {
      return false;
    }
    long id =
        insert(
            connection,
            """
            INSERT INTO normalized_cdrs
              (plain, uuid, TableSuffix, rmOrgID, source, received_at, start_epoch)
            VALUES ('<cdr/>', ?, ?, 1001, 'normalized', ?, ?)
            """,
            bytes(uuid),
            suffix.toString(),
            LocalDateTime.ofInstant(received, ZoneOffset.UTC),
            day.atStartOfDay().toEpochSecond(ZoneOffset.UTC));
    insert(
        connection,
        "INSERT INTO cdr_keys VALUES (?, ?, ?, REPEAT('x', 32))",
        bytes(uuid),
        id,
        suffix.toString());
    long task =
        insert(
            connection,
            """
            INSERT INTO tasks (id_normalized_cdrs, task_type, create_time, done, TableSuffix, rmOrgID)
            VALUES (?, 'CDRToSGAPI', UTC_TIMESTAMP(3), ?, ?, 1001)
            """,
            id,
            done,
            suffix.toString());
    insert(
        connection,
        """
        INSERT INTO raw_cdrs VALUES (?, ?, 1, 'some', 1, NULL, NULL, COMPRESS('x'), '[]', 'key:x',
          UTC_TIMESTAMP(3))
        """,
        id,
        suffix.toString());
    insert(connection, "INSERT INTO tasks_data VALUES (?, '<task/>', ?)", task, suffix.toString());
    insert(
        connection,
        """
        INSERT INTO tasks_error (id_tasks, description, first_error_date, last_error_date, TableSuffix)
        VALUES (?, '[x] y', UTC_TIMESTAMP(3), UTC_TIMESTAMP(3), ?)
        """,
        task,
        suffix.toString());
    insert(
        connection,
        """
        INSERT INTO attempts
        VALUES (?, 'storage', 0, 1, ?, 1, 1, UTC_TIMESTAMP(3), 5, 'delivered', 200, NULL, NULL, 1)
        """,
        task,
        suffix.toString());
    return true;
  }

  /** Rows of a day in one of the tables. */
  long count(String table, LocalDate day) {
    return count(
        "SELECT COUNT(*) FROM " + table + " WHERE TableSuffix = '" + new TableSuffix(day) + "'");
  }

  long count(String sql) {
    return database.read(
        "count",
        connection -> {
          try (Statement statement = connection.createStatement();
              ResultSet rows = statement.executeQuery(sql)) {
            rows.next();
            return rows.getLong(1);
          }
        });
  }

  private static long insert(Connection connection, String sql, Object... values)
      throws SQLException {
    try (PreparedStatement insert =
        connection.prepareStatement(sql, Statement.RETURN_GENERATED_KEYS)) {
      for (int i = 0; i < values.length; i++) {
        insert.setObject(i + 1, values[i]);
      }
      insert.executeUpdate();
      try (ResultSet keys = insert.getGeneratedKeys()) {
        return keys.next() ? keys.getLong(1) : 0;
      }
    }
  }

  private static byte[] bytes(UUID uuid) {
    return ByteBuffer.allocate(16)
        .putLong(uuid.getMostSignificantBits())
        .putLong(uuid.getLeastSignificantBits())
        .array();
  }
}
