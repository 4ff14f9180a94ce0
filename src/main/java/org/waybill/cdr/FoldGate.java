package org.waybill.cdr;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;

/** Lets one at a time change sums: by a lock that lasts as long as its transaction. */
final class FoldGate {
  private static final String SQL = "SELECT id FROM fold_gate WHERE id = 1 FOR UPDATE";

  private FoldGate() {}

  /** Waits for it. */
  static void enter(Connection connection) throws SQLException {
    isOpen(connection, SQL);
  }

  /** Whether it is free; then it is held. */
  static boolean tryEnter(Connection connection) throws SQLException {
    return isOpen(connection, SQL + " SKIP LOCKED");
  }

  private static boolean isOpen(Connection connection, String sql) throws SQLException {
    try (Statement select = connection.createStatement();
        ResultSet row = select.executeQuery(sql)) {
      return row.next();
    }
  }
}
