package org.waybill.cdr;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import org.waybill.platform.Columns;
import org.waybill.platform.Database.Work;

/**
 * Takes the calls away whose CDRs leave with a day, and the events that they were put together
 * from. Those tables have no days of their own: the day of a call is known only when it is a CDR.
 */
final class CallRemoval {
  private static final int CHUNK = 500;

  private final TableSuffix day;

  CallRemoval(TableSuffix day) {
    this.day = day;
  }

  /** Runs work in a transaction that proves that the day is still ours to take away. */
  @FunctionalInterface
  interface Leased {
    int run(String stage, Work<Integer> work);
  }

  void run(Leased leased) {
    while (leased.run("take calls away", this::removeSome) == CHUNK) {
      // there may be more
    }
  }

  private int removeSome(Connection connection) throws SQLException {
    String sql = "SELECT call_id FROM calls WHERE TableSuffix = ? ORDER BY id LIMIT " + CHUNK;
    List<String> callIds = new ArrayList<>();
    try (PreparedStatement select = connection.prepareStatement(sql)) {
      select.setString(1, day.toString());
      try (ResultSet row = select.executeQuery()) {
        while (row.next()) {
          callIds.add(row.getString(1));
        }
      }
    }
    if (!callIds.isEmpty()) {
      delete(connection, "call_events", callIds);
      delete(connection, "calls", callIds);
    }
    return callIds.size();
  }

  private static void delete(Connection connection, String table, List<String> callIds)
      throws SQLException {
    String sql =
        "DELETE FROM " + table + " WHERE call_id IN (" + Columns.placeholders(callIds.size()) + ")";
    try (PreparedStatement delete = connection.prepareStatement(sql)) {
      for (int i = 0; i < callIds.size(); i++) {
        delete.setString(i + 1, callIds.get(i));
      }
      delete.executeUpdate();
    }
  }
}
