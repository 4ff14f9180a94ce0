package org.waybill.report;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Map;
import org.waybill.platform.Database;

/**
 * Tells whether anything has changed, without telling what: for each topic a text that is another
 * one then. Cheap enough to be asked every second, whatever is kept.
 */
@ApplicationScoped
public class Changes {
  private static final String CDRS = "SELECT MAX(id) FROM normalized_cdrs";
  private static final String REJECTED =
      "SELECT MAX(id), MAX(last_received_at) FROM (SELECT id, last_received_at FROM rejected_cdrs ORDER BY id DESC LIMIT 100) newest";
  private static final String STEERED = "SELECT MAX(id) FROM audit_log";
  private static final String OPERATIONS =
      "SELECT COUNT(*), SUM(processed), MAX(id) FROM operations"
          + " WHERE state IN ('running', 'paused', 'failed')";
  private static final String DELIVERIES =
      """
      SELECT COUNT(*), SUM(sends), MAX(due_at), MAX(id_tasks)
        FROM (SELECT sends, due_at, id_tasks FROM deliveries
               ORDER BY id_gateways, lane, due_at LIMIT 5000) waiting
      """;
  private static final String ERRORS =
      "SELECT COUNT(*), SUM(failed), SUM(waiting), MAX(last_seen) FROM error_groups";
  private static final String CIRCUITS =
      "SELECT COUNT(*), MAX(since), SUM(state = 'open'), SUM(trips), MAX(next_probe)"
          + " FROM gateway_circuits";
  private static final String FLOW =
      """
      SELECT UNIX_TIMESTAMP() DIV 60, MAX(begins), SUM(received), SUM(cdrs + rejected),
        SUM(delivered), SUM(failed)
        FROM (SELECT * FROM flow WHERE span = 60 ORDER BY begins DESC LIMIT 1) newest
      """;
  private static final String LEASES = "SELECT SUM(epoch) FROM gateway_leases";

  private final Database database;

  @Inject
  public Changes(Database database) {
    this.database = database;
  }

  /** For the proxy of CDI only. */
  @SuppressWarnings("NullAway")
  protected Changes() {
    this(null);
  }

  /**
   * By topic: cdrs, rejected, operations, deliveries, errors, gateways, flow; that of time, too.
   */
  public Map<String, String> now() {
    return database.read(
        "ask whether anything has changed",
        connection -> {
          String steered = row(connection, STEERED);
          String cdrs = row(connection, CDRS);
          String deliveries = row(connection, DELIVERIES) + cdrs + steered;
          return Map.of(
              "cdrs",
              cdrs,
              "rejected",
              row(connection, REJECTED) + steered,
              "operations",
              row(connection, OPERATIONS) + steered,
              "deliveries",
              deliveries,
              "flow",
              row(connection, FLOW),
              "errors",
              row(connection, ERRORS),
              "gateways",
              deliveries + row(connection, CIRCUITS) + row(connection, LEASES) + steered);
        });
  }

  private static String row(Connection connection, String sql) throws SQLException {
    try (PreparedStatement select = connection.prepareStatement(sql);
        ResultSet row = select.executeQuery()) {
      row.next();
      StringBuilder text = new StringBuilder();
      for (int column = 1; column <= row.getMetaData().getColumnCount(); column++) {
        text.append(row.getString(column)).append(' ');
      }
      return text.toString();
    }
  }
}
