package org.waybill.dispatch;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;

/**
 * How gateways answered this node since it was written down last, for {@code gateway_answers}. The
 * buckets are those of {@code waybill_attempt_seconds}.
 */
final class AnswerBook {
  /** The last bucket: longer than all others. */
  static final int BEYOND = Integer.MAX_VALUE;

  private static final int[] BOUNDS = {
    5, 10, 25, 50, 100, 250, 500, 1000, 2500, 5000, 10_000, BEYOND
  };

  private final Map<Integer, Map<Integer, Bucket>> byGateway = new HashMap<>();

  /**
   * Answers that took about as long.
   *
   * @param sends deliveries that they were about
   * @param delivered of those
   */
  record Bucket(int answers, int sends, int delivered) {
    Bucket plus(Bucket other) {
      return new Bucket(answers + other.answers, sends + other.sends, delivered + other.delivered);
    }
  }

  synchronized void add(int gateway, Duration took, int sends, boolean delivered) {
    Bucket one = new Bucket(1, sends, delivered ? sends : 0);
    byGateway.computeIfAbsent(gateway, id -> new TreeMap<>()).merge(bound(took), one, Bucket::plus);
  }

  /** What there is by the bounds of buckets, in milliseconds; the book is empty of it then. */
  synchronized Map<Integer, Bucket> take(int gateway) {
    Map<Integer, Bucket> taken = byGateway.remove(gateway);
    return taken == null ? Map.of() : taken;
  }

  static void write(Connection connection, int node, int gateway, Map<Integer, Bucket> buckets)
      throws SQLException {
    if (buckets.isEmpty()) {
      return;
    }
    String sql =
        """
        INSERT INTO gateway_answers (at, id_gateways, node, le_ms, answers, sends, delivered)
        VALUES (UTC_TIMESTAMP(3), ?, ?, ?, ?, ?, ?)
        """;
    try (PreparedStatement insert = connection.prepareStatement(sql)) {
      for (Map.Entry<Integer, Bucket> bucket : buckets.entrySet()) {
        insert.setInt(1, gateway);
        insert.setInt(2, node);
        insert.setInt(3, bucket.getKey());
        insert.setInt(4, bucket.getValue().answers());
        insert.setInt(5, bucket.getValue().sends());
        insert.setInt(6, bucket.getValue().delivered());
        insert.addBatch();
      }
      insert.executeBatch();
    }
  }

  private static int bound(Duration took) {
    for (int bound : BOUNDS) {
      if (took.toMillis() <= bound) {
        return bound;
      }
    }
    return BEYOND;
  }
}
