package org.waybill.ledger;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import org.waybill.platform.Columns;

/** Adds entries up in the table {@code ledger}. To be run by one at a time. */
public final class EntryFold {
  private static final int MOST = 2_000;

  private EntryFold() {}

  /**
   * The entries are chosen by id, never by "up to": one with a smaller id may be committed later.
   *
   * @return whether there may be more
   */
  public static boolean run(Connection connection) throws SQLException {
    List<Long> ids = ids(connection);
    if (ids.isEmpty()) {
      return false;
    }
    String chosen = "WHERE id IN (" + Columns.placeholders(ids.size()) + ")";
    execute(
        connection,
        """
        INSERT INTO ledger (day, source, rmOrgID, account, task_type, amount, seconds)
        SELECT day, source, rmOrgID, account, task_type, SUM(amount), SUM(seconds)
          FROM ledger_entries %s GROUP BY day, source, rmOrgID, account, task_type
        ON DUPLICATE KEY UPDATE amount = ledger.amount + VALUES(amount),
          seconds = ledger.seconds + VALUES(seconds)
        """
            .formatted(chosen),
        ids);
    execute(connection, "DELETE FROM ledger_entries " + chosen, ids);
    return ids.size() == MOST;
  }

  /** The books of days that have left the house. */
  public static int removeBefore(Connection connection, LocalDate day) throws SQLException {
    try (PreparedStatement delete =
        connection.prepareStatement("DELETE FROM ledger WHERE day < ? LIMIT 10000")) {
      delete.setString(1, day.toString());
      return delete.executeUpdate();
    }
  }

  private static List<Long> ids(Connection connection) throws SQLException {
    List<Long> ids = new ArrayList<>();
    try (Statement select = connection.createStatement();
        ResultSet rows =
            select.executeQuery("SELECT id FROM ledger_entries ORDER BY id LIMIT " + MOST)) {
      while (rows.next()) {
        ids.add(rows.getLong(1));
      }
    }
    return ids;
  }

  private static void execute(Connection connection, String sql, List<Long> ids)
      throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(sql)) {
      int column = 1;
      for (long id : ids) {
        statement.setLong(column++, id);
      }
      statement.executeUpdate();
    }
  }
}
