package org.waybill.task;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.Collection;
import java.util.Comparator;

/** A row of {@code error_group_places}: whose tasks were hit, and which. */
record ErrorPlace(String fingerprint, int rmOrgId, String type) implements Comparable<ErrorPlace> {
  private static final Comparator<ErrorPlace> ORDER =
      Comparator.comparing(ErrorPlace::fingerprint)
          .thenComparing(ErrorPlace::rmOrgId)
          .thenComparing(ErrorPlace::type);

  @Override
  public int compareTo(ErrorPlace other) {
    return ORDER.compare(this, other);
  }

  /** Adds those that are not there. */
  static void insert(Connection connection, Collection<ErrorPlace> places) throws SQLException {
    String sql =
        """
        INSERT INTO error_group_places (fingerprint, rmOrgID, task_type) VALUES (?, ?, ?)
        ON DUPLICATE KEY UPDATE rmOrgID = VALUES(rmOrgID)
        """;
    if (places.isEmpty()) {
      return;
    }
    try (PreparedStatement insert = connection.prepareStatement(sql)) {
      for (ErrorPlace place : places) {
        insert.setString(1, place.fingerprint());
        insert.setInt(2, place.rmOrgId());
        insert.setString(3, place.type());
        insert.addBatch();
      }
      insert.executeBatch();
    }
  }
}
