package org.waybill.task;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import org.waybill.cdr.Days;
import org.waybill.platform.Columns;

/** The table {@code attempts}: the history of sends, insert only. */
final class Attempts {
  private static final int REASON_CHARACTERS = 1000;
  private static final int HEAD_CHARACTERS = 2000;

  private Attempts() {}

  /**
   * What history says about one delivery: its last send, and all its failures.
   *
   * @param deliveredVersion the greatest payload version that was delivered; 0 when none was
   */
  record Past(int sends, int failures, int deliveredVersion, int lastGateway) {
    boolean delivered(int payloadVersion) {
      return deliveredVersion >= payloadVersion;
    }
  }

  static void insert(Connection connection, Collection<Settlement> settlements)
      throws SQLException {
    // A transaction whose commit was in doubt is run again: then its rows are there already.
    String sql =
        """
        INSERT INTO attempts (id_tasks, kind, item, attempt, TableSuffix, id_gateways, node,
          started_at, duration_ms, outcome, status, error, response_head, payload_version)
        VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
        ON DUPLICATE KEY UPDATE node = VALUES(node)
        """;
    try (PreparedStatement insert = connection.prepareStatement(sql)) {
      for (Settlement settlement : settlements) {
        bind(insert, settlement.delivery(), settlement.attempt());
        insert.addBatch();
      }
      insert.executeBatch();
    }
  }

  private static void bind(PreparedStatement insert, Delivery delivery, Attempt attempt)
      throws SQLException {
    Attempt.Sent sent = attempt.sent();
    insert.setLong(1, delivery.taskId());
    insert.setString(2, delivery.key().kind().word());
    insert.setInt(3, delivery.key().item());
    insert.setInt(4, sent.number());
    insert.setString(5, delivery.day().toString());
    insert.setInt(6, sent.gateway());
    insert.setInt(7, sent.node());
    insert.setObject(8, Columns.utc(sent.startedAt()));
    insert.setInt(9, (int) Math.min(Integer.MAX_VALUE, sent.took().toMillis()));
    insert.setString(10, attempt.outcome().word());
    insert.setObject(11, attempt.status());
    insert.setString(12, attempt.reason() == null ? null : reason(attempt));
    insert.setString(13, attempt.reason() == null ? null : head(attempt));
    insert.setInt(14, delivery.payloadVersion());
  }

  /** The history of tasks' deliveries. */
  static Map<DeliveryKey, Past> ofTasks(Connection connection, Collection<Long> tasks, Days days)
      throws SQLException {
    String sql =
        """
        SELECT id_tasks, kind, item, outcome, attempt, id_gateways, payload_version FROM attempts
         WHERE id_tasks IN (%s) AND TableSuffix BETWEEN ? AND ? ORDER BY attempt
        """
            .formatted(Columns.placeholders(tasks.size()));
    Map<DeliveryKey, Past> history = new HashMap<>();
    try (PreparedStatement select = connection.prepareStatement(sql)) {
      int column = 1;
      for (long task : tasks) {
        select.setLong(column++, task);
      }
      select.setString(column++, days.first().toString());
      select.setString(column, days.last().toString());
      try (ResultSet row = select.executeQuery()) {
        while (row.next()) {
          DeliveryKind kind = DeliveryKind.ofWord(row.getString("kind"));
          DeliveryKey key = new DeliveryKey(row.getLong("id_tasks"), kind, row.getInt("item"));
          history.merge(key, past(row), Attempts::later);
        }
      }
    }
    return history;
  }

  private static Past past(ResultSet row) throws SQLException {
    String outcome = row.getString("outcome");
    boolean failure = outcome.equals("retry") || outcome.equals("failed");
    return new Past(
        row.getInt("attempt"),
        failure ? 1 : 0,
        outcome.equals("delivered") ? row.getInt("payload_version") : 0,
        row.getInt("id_gateways"));
  }

  private static Past later(Past before, Past last) {
    return new Past(
        last.sends(),
        before.failures() + last.failures(),
        Math.max(before.deliveredVersion(), last.deliveredVersion()),
        last.lastGateway());
  }

  /** What was said, as long as a column takes it; empty when it was delivered. */
  static String reason(Attempt attempt) {
    return attempt.reason() == null ? "" : cut(attempt.reason(), REASON_CHARACTERS);
  }

  static String head(Attempt attempt) {
    return cut(attempt.head(), HEAD_CHARACTERS);
  }

  /** Not through the middle of a character, which the database would refuse. */
  private static String cut(String text, int characters) {
    return text.codePointCount(0, text.length()) <= characters
        ? text
        : text.substring(0, text.offsetByCodePoints(0, characters));
  }
}
