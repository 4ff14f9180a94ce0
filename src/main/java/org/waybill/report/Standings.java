package org.waybill.report;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.waybill.platform.Columns;
import org.waybill.platform.Database;

/** Asks how the whole stands, by the ends of indexes and never by counting history. */
@ApplicationScoped
public class Standings {
  private final Database database;

  @Inject
  public Standings(Database database) {
    this.database = database;
  }

  /** For the proxy of CDI only. */
  @SuppressWarnings("NullAway")
  protected Standings() {
    this(null);
  }

  public Standing now() {
    return database.read(
        "ask how the whole stands",
        connection ->
            new Standing(
                lastReceived(connection).orElse(null),
                failedTasks(connection),
                nodes(connection),
                clock(connection)));
  }

  private static Optional<Instant> lastReceived(Connection connection) throws SQLException {
    String sql = "SELECT received_at FROM normalized_cdrs ORDER BY id DESC LIMIT 1";
    try (PreparedStatement select = connection.prepareStatement(sql);
        ResultSet row = select.executeQuery()) {
      return row.next() ? Optional.of(Columns.instant(row, "received_at")) : Optional.empty();
    }
  }

  private static int failedTasks(Connection connection) throws SQLException {
    String sql = "SELECT COUNT(*) FROM (SELECT id FROM tasks WHERE done = 'error' LIMIT ?) counted";
    try (PreparedStatement select = connection.prepareStatement(sql)) {
      select.setInt(1, Standing.COUNTED);
      try (ResultSet row = select.executeQuery()) {
        row.next();
        return row.getInt(1);
      }
    }
  }

  /** Those that run or have died, and those stopped within a day. */
  private static List<Standing.Node> nodes(Connection connection) throws SQLException {
    String sql =
        """
        SELECT id, name, started_at, heartbeat_at, stopped_at FROM nodes
         WHERE heartbeat_at > UTC_TIMESTAMP(3) - INTERVAL 1 DAY ORDER BY id DESC LIMIT 20
        """;
    List<Standing.Node> nodes = new ArrayList<>();
    try (PreparedStatement select = connection.prepareStatement(sql);
        ResultSet row = select.executeQuery()) {
      while (row.next()) {
        @Nullable Instant stopped = Columns.instantOrNull(row, "stopped_at");
        nodes.add(
            new Standing.Node(
                row.getInt("id"),
                row.getString("name"),
                Columns.instant(row, "started_at"),
                Columns.instant(row, "heartbeat_at"),
                stopped));
      }
    }
    return nodes;
  }

  private static Instant clock(Connection connection) throws SQLException {
    try (PreparedStatement select = connection.prepareStatement("SELECT UTC_TIMESTAMP(3) AS now");
        ResultSet row = select.executeQuery()) {
      row.next();
      return Columns.instant(row, "now");
    }
  }
}
