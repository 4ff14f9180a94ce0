package org.waybill.report;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Objects;
import org.waybill.platform.Columns;
import org.waybill.platform.Database;

/** Asks how the queues of gateways stand. */
@ApplicationScoped
public class QueueStandings {
  private final Database database;

  @Inject
  public QueueStandings(Database database) {
    this.database = database;
  }

  /** For the proxy of CDI only. */
  @SuppressWarnings("NullAway")
  protected QueueStandings() {
    this.database = null;
  }

  public QueueStanding of(int gateway) {
    return database.read("ask how a queue stands", connection -> read(connection, gateway));
  }

  private static QueueStanding read(Connection connection, int gateway) throws SQLException {
    String sql =
        """
        SELECT c.state, c.since, c.next_probe, c.reason, q.backlog, q.oldest, l.node, l.in_flight
          FROM (SELECT COUNT(*) AS backlog, MIN(created_at) AS oldest
                  FROM (SELECT created_at FROM deliveries WHERE id_gateways = ?
                         ORDER BY id_gateways, lane, due_at LIMIT ?) counted) q
          LEFT JOIN gateway_circuits c ON c.id_gateways = ?
          LEFT JOIN gateway_leases l ON l.id_gateways = ? AND l.expires_at > UTC_TIMESTAMP(3)
        """;
    try (PreparedStatement select = connection.prepareStatement(sql)) {
      select.setInt(1, gateway);
      select.setInt(2, QueueStanding.COUNTED);
      select.setInt(3, gateway);
      select.setInt(4, gateway);
      try (ResultSet row = select.executeQuery()) {
        row.next();
        return new QueueStanding(
            Objects.requireNonNullElse(row.getString("state"), "closed"),
            Columns.instantOrNull(row, "since"),
            Columns.instantOrNull(row, "next_probe"),
            row.getString("reason"),
            row.getInt("backlog"),
            Columns.instantOrNull(row, "oldest"),
            row.getObject("node", Integer.class),
            row.getInt("in_flight"));
      }
    }
  }
}
