package org.waybill.cdr;

import jakarta.enterprise.context.Dependent;
import jakarta.inject.Inject;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.waybill.platform.Columns;
import org.waybill.platform.Database;

/**
 * Retention's side of {@code cdr_days}: one node at a time takes a day away, under a lease that it
 * renews in each transaction, so that a node that died is followed and one that was slow stops.
 */
@Dependent
class Departures {
  private static final int LEASE_SECONDS = 300;
  private static final long NOTHING_UNDONE = 0;

  /** More undone tasks of a day are not worth the time to count them, for people. */
  static final int COUNTED = 10_001;

  private final Database database;

  @Inject
  Departures(Database database) {
    this.database = database;
  }

  /** An old day, when its newest CDR was received, and whether it is being taken away. */
  record OldDay(TableSuffix day, Instant newestReceived, boolean leaving) {}

  List<OldDay> known() {
    String sql = "SELECT TableSuffix, newest_received, leaving FROM cdr_days ORDER BY TableSuffix";
    return database.read(
        "read old days",
        connection -> {
          List<OldDay> days = new ArrayList<>();
          try (Statement select = connection.createStatement();
              ResultSet rows = select.executeQuery(sql)) {
            while (rows.next()) {
              TableSuffix day = TableSuffix.parse(rows.getString("TableSuffix"));
              boolean leaving = rows.getString("leaving") != null;
              days.add(new OldDay(day, Columns.instant(rows, "newest_received"), leaving));
            }
          }
          return days;
        });
  }

  /**
   * Marks a day as leaving: from the commit on, it takes in no CDR. The decision is made under the
   * lock that a late CDR takes too, so neither overlooks the other.
   *
   * @return false when it has to stay, or another node is at it
   */
  boolean begin(TableSuffix day, Instant cutoff, String owner) {
    return database.transact(
        "begin to take away " + day,
        connection -> {
          OldDays.note(connection, new TreeSet<>(Set.of(day)), Instant.EPOCH);
          return mayLeave(connection, day, cutoff) && mark(connection, day, owner);
        });
  }

  private boolean mayLeave(Connection connection, TableSuffix day, Instant cutoff)
      throws SQLException {
    String sql =
        """
        SELECT newest_received, leaving,
          leaving_since < UTC_TIMESTAMP(3) - INTERVAL %d SECOND AS abandoned
        FROM cdr_days WHERE TableSuffix = ? FOR UPDATE
        """
            .formatted(LEASE_SECONDS);
    try (PreparedStatement select = connection.prepareStatement(sql)) {
      select.setString(1, day.toString());
      try (ResultSet row = select.executeQuery()) {
        row.next();
        if (row.getString("leaving") != null) {
          return row.getBoolean("abandoned");
        }
        return Columns.instant(row, "newest_received").isBefore(cutoff)
            && undone(connection, day) == NOTHING_UNDONE;
      }
    }
  }

  private static boolean mark(Connection connection, TableSuffix day, String owner)
      throws SQLException {
    String sql =
        "UPDATE cdr_days SET leaving = ?, leaving_since = UTC_TIMESTAMP(3) WHERE TableSuffix = ?";
    try (PreparedStatement update = connection.prepareStatement(sql)) {
      update.setString(1, owner);
      update.setString(2, day.toString());
      return update.executeUpdate() == 1;
    }
  }

  /** First in each transaction that takes rows away; holds the day's lock until its end. */
  void renew(Connection connection, TableSuffix day, String owner) throws SQLException {
    String sql =
        """
        UPDATE cdr_days SET leaving_since = UTC_TIMESTAMP(3)
        WHERE TableSuffix = ? AND leaving = ?
        """;
    try (PreparedStatement update = connection.prepareStatement(sql)) {
      update.setString(1, day.toString());
      update.setString(2, owner);
      if (update.executeUpdate() != 1) {
        throw new DayTakenOverException(day);
      }
    }
  }

  /** Nothing is left of the day; should a CDR of it come now, it begins anew. */
  void end(TableSuffix day, String owner) {
    String sql = "DELETE FROM cdr_days WHERE TableSuffix = ? AND leaving = ?";
    database.transact(
        "end taking away " + day,
        connection -> {
          try (PreparedStatement delete = connection.prepareStatement(sql)) {
            delete.setString(1, day.toString());
            delete.setString(2, owner);
            return delete.executeUpdate();
          }
        });
  }

  /** Tasks that wait or failed; such a day is kept. */
  long undone(TableSuffix day) {
    return database.read("count undone tasks", connection -> undone(connection, day));
  }

  /** The same, counted up to {@link #COUNTED}. */
  int undoneAtMost(TableSuffix day) {
    String sql =
        """
        SELECT COUNT(*) FROM (
          SELECT 1 FROM tasks WHERE TableSuffix = ? AND done IN ('n', 'error') LIMIT ?) counted
        """;
    return database.read(
        "count undone tasks",
        connection -> {
          try (PreparedStatement select = connection.prepareStatement(sql)) {
            select.setString(1, day.toString());
            select.setInt(2, COUNTED);
            try (ResultSet row = select.executeQuery()) {
              row.next();
              return row.getInt(1);
            }
          }
        });
  }

  private static long undone(Connection connection, TableSuffix day) throws SQLException {
    String sql = "SELECT COUNT(*) FROM tasks WHERE TableSuffix = ? AND done IN ('n', 'error')";
    try (PreparedStatement select = connection.prepareStatement(sql)) {
      select.setString(1, day.toString());
      try (ResultSet row = select.executeQuery()) {
        row.next();
        return row.getLong(1);
      }
    }
  }
}
