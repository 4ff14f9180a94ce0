package org.waybill.task;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Comparator;
import java.util.Map;

/** The key of a row of {@code error_group_times}: a minute or an hour of a group at a gateway. */
record ErrorTime(ErrorMember.Key key, int span, long begins) implements Comparable<ErrorTime> {
  private static final Comparator<ErrorTime> ORDER =
      Comparator.comparing(ErrorTime::key)
          .thenComparing(ErrorTime::span)
          .thenComparing(ErrorTime::begins);

  static ErrorTime of(ErrorMember.Key key, int span, Instant at) {
    return new ErrorTime(key, span, at.getEpochSecond() / span * span);
  }

  @Override
  public int compareTo(ErrorTime other) {
    return ORDER.compare(this, other);
  }

  /** Adds failures to each. */
  static void add(Connection connection, Map<ErrorTime, Long> failures) throws SQLException {
    String sql =
        """
        INSERT INTO error_group_times (fingerprint, span, begins, id_gateways, failures)
        VALUES (?, ?, ?, ?, ?)
        ON DUPLICATE KEY UPDATE failures = failures + VALUES(failures)
        """;
    try (PreparedStatement upsert = connection.prepareStatement(sql)) {
      for (Map.Entry<ErrorTime, Long> entry : failures.entrySet()) {
        ErrorTime time = entry.getKey();
        upsert.setString(1, time.key().fingerprint());
        upsert.setInt(2, time.span());
        upsert.setLong(3, time.begins());
        upsert.setInt(4, time.key().gateway());
        upsert.setLong(5, entry.getValue());
        upsert.addBatch();
      }
      upsert.executeBatch();
    }
  }
}
