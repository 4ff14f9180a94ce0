package org.waybill.collect.switches;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.waybill.platform.Columns;

/** The tables {@code switches} and {@code switch_hours}, as they are read and judged. */
final class SwitchRows {
  private static final String COLUMNS =
      "s.id, s.name, s.rmOrgID, s.instance, s.restarts, s.first_seen, s.last_seen, s.silent_since";

  private SwitchRows() {}

  /** In the order of their ids, those after the last one of the page before. */
  static List<WatchedSwitch> page(
      Connection connection, @Nullable Integer rmOrgId, @Nullable Long after, int limit)
      throws SQLException {
    String sql =
        "SELECT "
            + COLUMNS
            + " FROM switches s WHERE s.id > ? AND (? IS NULL OR s.rmOrgID = ?) ORDER BY s.id LIMIT ?";
    List<WatchedSwitch> switches = new ArrayList<>();
    try (PreparedStatement select = connection.prepareStatement(sql)) {
      select.setLong(1, after == null ? 0 : after);
      select.setObject(2, rmOrgId);
      select.setObject(3, rmOrgId);
      select.setInt(4, limit);
      try (ResultSet row = select.executeQuery()) {
        while (row.next()) {
          switches.add(watched(row));
        }
      }
    }
    return switches;
  }

  static Optional<WatchedSwitch> lock(Connection connection, long id) throws SQLException {
    String sql = "SELECT " + COLUMNS + " FROM switches s WHERE s.id = ? FOR UPDATE";
    try (PreparedStatement select = connection.prepareStatement(sql)) {
      select.setLong(1, id);
      try (ResultSet row = select.executeQuery()) {
        return row.next() ? Optional.of(watched(row)) : Optional.empty();
      }
    }
  }

  /** The usual hours of those that may have fallen silent, by the switch's id. */
  static Map<Long, UsualHours> hoursOfQuiet(Connection connection, Instant quietSince)
      throws SQLException {
    String sql =
        """
        SELECT s.id, h.hour_of_week, h.week_number, h.documents, h.usual
          FROM switches s JOIN switch_hours h ON h.name = s.name AND h.rmOrgID = s.rmOrgID
         WHERE s.last_seen <= ? AND s.silent_since IS NULL
        """;
    try (PreparedStatement select = connection.prepareStatement(sql)) {
      select.setObject(1, Columns.utc(quietSince));
      return hours(select);
    }
  }

  /** One hour of the week of some switches, by their ids. */
  static Map<Long, UsualHours> hour(Connection connection, List<WatchedSwitch> switches, int hour)
      throws SQLException {
    if (switches.isEmpty()) {
      return Map.of();
    }
    String sql =
        """
        SELECT s.id, h.hour_of_week, h.week_number, h.documents, h.usual
          FROM switches s JOIN switch_hours h ON h.name = s.name AND h.rmOrgID = s.rmOrgID
         WHERE h.hour_of_week = ? AND s.id IN (%s)
        """
            .formatted(Columns.placeholders(switches.size()));
    try (PreparedStatement select = connection.prepareStatement(sql)) {
      select.setInt(1, hour);
      int column = 2;
      for (WatchedSwitch one : switches) {
        select.setLong(column++, one.id());
      }
      return hours(select);
    }
  }

  /**
   * Says when it fell silent, or that it no longer is.
   *
   * @return whether that is news, which only one of several nodes has
   */
  static boolean setSilent(Connection connection, WatchedSwitch known, @Nullable Instant since)
      throws SQLException {
    String sql =
        """
        UPDATE switches SET silent_since = ?
         WHERE id = ? AND last_seen = ? AND (silent_since IS NULL) = ?
        """;
    try (PreparedStatement update = connection.prepareStatement(sql)) {
      update.setObject(1, since == null ? null : Columns.utc(since));
      update.setLong(2, known.id());
      update.setObject(3, Columns.utc(known.lastSeen()));
      update.setBoolean(4, since != null);
      return update.executeUpdate() == 1;
    }
  }

  static void delete(Connection connection, WatchedSwitch known) throws SQLException {
    for (String table : List.of("switches", "switch_hours")) {
      try (PreparedStatement delete =
          connection.prepareStatement("DELETE FROM " + table + " WHERE name = ? AND rmOrgID = ?")) {
        delete.setString(1, known.name());
        delete.setInt(2, known.rmOrgId());
        delete.executeUpdate();
      }
    }
  }

  private static WatchedSwitch watched(ResultSet row) throws SQLException {
    return new WatchedSwitch(
        row.getLong("id"),
        row.getString("name"),
        row.getInt("rmOrgID"),
        row.getString("instance"),
        row.getInt("restarts"),
        Columns.instant(row, "first_seen"),
        Columns.instant(row, "last_seen"),
        Columns.instantOrNull(row, "silent_since"));
  }

  private static Map<Long, UsualHours> hours(PreparedStatement select) throws SQLException {
    Map<Long, UsualHours> hours = new HashMap<>();
    try (ResultSet row = select.executeQuery()) {
      while (row.next()) {
        hours
            .computeIfAbsent(row.getLong("id"), id -> new UsualHours())
            .add(
                new UsualHours.Hour(
                    row.getInt("hour_of_week"),
                    row.getLong("week_number"),
                    row.getLong("documents"),
                    row.getObject("usual", Double.class)));
      }
    }
    return hours;
  }
}
