package org.waybill.collect.smdr;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.waybill.platform.Columns;
import org.waybill.platform.Database;

/** Owner of {@code smdr_segments}: what has come of calls whose last segment has not. */
final class Segments {
  private static final byte[] BETWEEN = "\r\n".getBytes(StandardCharsets.US_ASCII);
  private static final int MOST = 1_000;

  private final Database database;

  Segments(Database database) {
    this.database = database;
  }

  /** A call of an organization. */
  record Call(int rmOrgId, String key, String sender) {}

  /** Keeps one, durably; the same once. */
  void keep(Call call, byte[] line, Instant at) {
    String sql =
        """
        INSERT INTO smdr_segments (rmOrgID, call_key, line_hash, line, sender, received_at)
        VALUES (?, ?, ?, ?, LEFT(?, 128), ?) ON DUPLICATE KEY UPDATE id = id
        """;
    database.transact(
        "keep a segment of a call",
        connection -> {
          try (PreparedStatement insert = connection.prepareStatement(sql)) {
            insert.setInt(1, call.rmOrgId());
            insert.setString(2, call.key());
            insert.setBytes(3, sha256(line));
            insert.setBytes(4, line);
            insert.setString(5, call.sender());
            insert.setObject(6, Columns.utc(at));
            return insert.executeUpdate();
          }
        });
  }

  /** All segments of a call with its last one behind them, a line each. */
  byte[] join(Call call, byte[] last) {
    ByteArrayOutputStream joined = new ByteArrayOutputStream();
    for (byte[] line : lines(call)) {
      joined.writeBytes(line);
      joined.writeBytes(BETWEEN);
    }
    joined.writeBytes(last);
    return joined.toByteArray();
  }

  private List<byte[]> lines(Call call) {
    String sql = "SELECT line FROM smdr_segments WHERE rmOrgID = ? AND call_key = ? ORDER BY id";
    return database.read(
        "read the segments of a call",
        connection -> {
          try (PreparedStatement select = connection.prepareStatement(sql)) {
            select.setInt(1, call.rmOrgId());
            select.setString(2, call.key());
            List<byte[]> lines = new ArrayList<>();
            try (ResultSet rows = select.executeQuery()) {
              while (rows.next()) {
                lines.add(rows.getBytes(1));
              }
            }
            return lines;
          }
        });
  }

  /** The call is a document now. */
  void settle(Call call) {
    String sql = "UPDATE smdr_segments SET settled = TRUE WHERE rmOrgID = ? AND call_key = ?";
    database.transact(
        "settle the segments of a call",
        connection -> {
          try (PreparedStatement update = connection.prepareStatement(sql)) {
            update.setInt(1, call.rmOrgId());
            update.setString(2, call.key());
            return update.executeUpdate();
          }
        });
  }

  /** Calls of which nothing has come since then, and the last segment never. */
  List<Call> abandoned(Instant since) {
    return database.read("read calls without an end", connection -> abandoned(connection, since));
  }

  private static List<Call> abandoned(Connection connection, Instant since) throws SQLException {
    String sql =
        """
        SELECT rmOrgID, call_key, MAX(sender) AS sender FROM smdr_segments
         WHERE settled = FALSE GROUP BY rmOrgID, call_key HAVING MAX(received_at) < ? LIMIT %d
        """
            .formatted(MOST);
    List<Call> calls = new ArrayList<>();
    try (PreparedStatement select = connection.prepareStatement(sql)) {
      select.setObject(1, Columns.utc(since));
      try (ResultSet rows = select.executeQuery()) {
        while (rows.next()) {
          calls.add(
              new Call(
                  rows.getInt("rmOrgID"), rows.getString("call_key"), rows.getString("sender")));
        }
      }
    }
    return calls;
  }

  /** The joined segments of a call that has no last one. */
  byte[] joinAbandoned(Call call) {
    List<byte[]> lines = lines(call);
    ByteArrayOutputStream joined = new ByteArrayOutputStream();
    for (byte[] line : lines) {
      joined.writeBytes(joined.size() == 0 ? new byte[0] : BETWEEN);
      joined.writeBytes(line);
    }
    return joined.toByteArray();
  }

  /** Removes those of settled calls that came before then. */
  void forget(Instant before) {
    String sql = "DELETE FROM smdr_segments WHERE settled = TRUE AND received_at < ? LIMIT 10000";
    database.transact(
        "forget segments of calls",
        connection -> {
          try (PreparedStatement delete = connection.prepareStatement(sql)) {
            delete.setObject(1, Columns.utc(before));
            return delete.executeUpdate();
          }
        });
  }

  private static byte[] sha256(byte[] bytes) {
    try {
      return MessageDigest.getInstance("SHA-256").digest(bytes);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("Every Java has SHA-256.", e);
    }
  }
}
