package org.waybill.collect.switches;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import org.waybill.platform.Columns;

/**
 * Adds what one node has counted to what all of them have; the driver makes one statement of each
 * batch. In the order of the names, so that no two nodes wait for each other.
 */
final class SightingRows {
  private static final Comparator<Map.Entry<Sighting.Key, Sighting>> ORDER =
      Comparator.comparing(
          Map.Entry::getKey,
          Comparator.comparing(Sighting.Key::name)
              .thenComparing(Sighting.Key::rmOrgId)
              .thenComparing(key -> key.hour().week())
              .thenComparing(key -> key.hour().hour()));

  private SightingRows() {}

  static void add(Connection connection, Map<Sighting.Key, Sighting> counted) throws SQLException {
    List<Map.Entry<Sighting.Key, Sighting>> rows =
        counted.entrySet().stream().sorted(ORDER).toList();
    addToSwitches(connection, rows);
    addToHours(connection, rows);
  }

  /** The assignments are made from left to right: each still sees the old values after it. */
  private static void addToSwitches(
      Connection connection, List<Map.Entry<Sighting.Key, Sighting>> rows) throws SQLException {
    String sql =
        """
        INSERT INTO switches (name, rmOrgID, instance, first_seen, last_seen) VALUES (?, ?, ?, ?, ?)
        ON DUPLICATE KEY UPDATE
          restarts = restarts + COALESCE(VALUES(instance) <> instance
            AND VALUES(instance) <> COALESCE(previous_instance, ''), 0),
          previous_instance = IF(VALUES(instance) <> instance, instance, previous_instance),
          instance = COALESCE(VALUES(instance), instance),
          first_seen = LEAST(first_seen, VALUES(first_seen)),
          last_seen = GREATEST(last_seen, VALUES(last_seen))
        """;
    try (PreparedStatement insert = connection.prepareStatement(sql)) {
      for (Map.Entry<Sighting.Key, Sighting> row : rows) {
        insert.setString(1, row.getKey().name());
        insert.setInt(2, row.getKey().rmOrgId());
        insert.setString(3, row.getValue().instance());
        insert.setObject(4, Columns.utc(row.getValue().first()));
        insert.setObject(5, Columns.utc(row.getValue().last()));
        insert.addBatch();
      }
      insert.executeBatch();
    }
  }

  /** The same average as {@link UsualHours.Hour#before} finds, kept when a new week begins. */
  private static void addToHours(
      Connection connection, List<Map.Entry<Sighting.Key, Sighting>> rows) throws SQLException {
    String sql =
        """
        INSERT INTO switch_hours (name, rmOrgID, hour_of_week, week_number, documents)
        VALUES (?, ?, ?, ?, ?)
        ON DUPLICATE KEY UPDATE
          usual = IF(VALUES(week_number) > week_number,
            COALESCE(usual * %1$s + documents * (1 - %1$s), documents)
              * POW(%1$s, VALUES(week_number) - week_number - 1),
            usual),
          documents = CASE WHEN VALUES(week_number) > week_number THEN VALUES(documents)
            WHEN VALUES(week_number) = week_number THEN documents + VALUES(documents)
            ELSE documents END,
          week_number = GREATEST(week_number, VALUES(week_number))
        """
            .formatted(UsualHours.KEPT);
    try (PreparedStatement insert = connection.prepareStatement(sql)) {
      for (Map.Entry<Sighting.Key, Sighting> row : rows) {
        if (row.getValue().documents() == 0) {
          continue;
        }
        insert.setString(1, row.getKey().name());
        insert.setInt(2, row.getKey().rmOrgId());
        insert.setInt(3, row.getKey().hour().hour());
        insert.setLong(4, row.getKey().hour().week());
        insert.setLong(5, row.getValue().documents());
        insert.addBatch();
      }
      insert.executeBatch();
    }
  }
}
