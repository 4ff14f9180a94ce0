package org.waybill.task;

import java.net.URI;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.waybill.platform.Columns;
import org.waybill.platform.WaybillException;

/**
 * The table {@code gateways}, whose rows are never deleted. What changes one returns it as it is
 * then.
 */
final class GatewayRows {
  private static final String COLUMNS =
      "id, kind, name, url, rmOrgID, authorization, active, paused, max_in_flight,"
          + " rate_per_second, probes_asked";

  private GatewayRows() {}

  static List<Gateway> all(Connection connection) throws SQLException {
    String sql = "SELECT " + COLUMNS + " FROM gateways ORDER BY id";
    List<Gateway> gateways = new ArrayList<>();
    try (PreparedStatement select = connection.prepareStatement(sql);
        ResultSet row = select.executeQuery()) {
      while (row.next()) {
        gateways.add(gateway(row));
      }
    }
    return gateways;
  }

  private static Gateway get(Connection connection, int id) throws SQLException {
    String sql = "SELECT " + COLUMNS + " FROM gateways WHERE id = ?";
    try (PreparedStatement select = connection.prepareStatement(sql)) {
      select.setInt(1, id);
      try (ResultSet row = select.executeQuery()) {
        if (!row.next()) {
          throw new WaybillException("WB-GATEWAY-01 There is no gateway " + id + ".");
        }
        return gateway(row);
      }
    }
  }

  private static Gateway gateway(ResultSet row) throws SQLException {
    return new Gateway(
        row.getInt("id"),
        row.getString("kind"),
        row.getString("name"),
        URI.create(row.getString("url")),
        row.getObject("rmOrgID", Integer.class),
        row.getString("authorization"),
        row.getBoolean("active"),
        row.getBoolean("paused"),
        row.getInt("max_in_flight"),
        row.getObject("rate_per_second", Integer.class),
        row.getInt("probes_asked"));
  }

  static Gateway insert(Connection connection, NewGateway gateway, boolean active, Instant now)
      throws SQLException {
    String sql =
        """
        INSERT INTO gateways (kind, name, url, rmOrgID, authorization, max_in_flight,
          rate_per_second, active, created_at)
        VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)
        """;
    try (PreparedStatement insert =
        connection.prepareStatement(sql, Statement.RETURN_GENERATED_KEYS)) {
      bind(insert, gateway);
      insert.setBoolean(8, active);
      insert.setObject(9, Columns.utc(now));
      insert.executeUpdate();
      return get(connection, Math.toIntExact(Columns.generatedKeys(insert, 1).get(0)));
    }
  }

  /**
   * @param active null leaves that as it is
   */
  static Gateway update(Connection connection, int id, NewGateway gateway, @Nullable Boolean active)
      throws SQLException {
    String sql =
        """
        UPDATE gateways SET kind = ?, name = ?, url = ?, rmOrgID = ?, authorization = ?,
          max_in_flight = ?, rate_per_second = ?, active = COALESCE(?, active)
         WHERE id = ?
        """;
    try (PreparedStatement update = connection.prepareStatement(sql)) {
      bind(update, gateway);
      update.setObject(8, active);
      update.setInt(9, id);
      update.executeUpdate();
    }
    return get(connection, id);
  }

  private static void bind(PreparedStatement statement, NewGateway gateway) throws SQLException {
    statement.setString(1, gateway.kind());
    statement.setString(2, gateway.name());
    statement.setString(3, gateway.url().toString());
    statement.setObject(4, gateway.rmOrgId());
    statement.setString(5, gateway.authorization());
    statement.setInt(6, gateway.maxInFlight());
    statement.setObject(7, gateway.ratePerSecond());
  }

  static Gateway setPaused(Connection connection, int id, boolean paused) throws SQLException {
    return set(connection, "UPDATE gateways SET paused = ? WHERE id = ?", id, paused);
  }

  static Gateway askForProbe(Connection connection, int id) throws SQLException {
    String sql = "UPDATE gateways SET probes_asked = probes_asked + 1 WHERE id = ?";
    try (PreparedStatement update = connection.prepareStatement(sql)) {
      update.setInt(1, id);
      update.executeUpdate();
    }
    return get(connection, id);
  }

  static Gateway setActive(Connection connection, int id, boolean active) throws SQLException {
    return set(connection, "UPDATE gateways SET active = ? WHERE id = ?", id, active);
  }

  private static Gateway set(Connection connection, String sql, int id, boolean value)
      throws SQLException {
    try (PreparedStatement update = connection.prepareStatement(sql)) {
      update.setBoolean(1, value);
      update.setInt(2, id);
      update.executeUpdate();
    }
    return get(connection, id);
  }

  /** Whether something of the settings was never written; from now on it was. */
  static boolean isFirstStart(Connection connection, String what, Instant now) throws SQLException {
    String sql = "INSERT IGNORE INTO first_start (what, at) VALUES (?, ?)";
    try (PreparedStatement insert = connection.prepareStatement(sql)) {
      insert.setString(1, what);
      insert.setObject(2, Columns.utc(now));
      return insert.executeUpdate() == 1;
    }
  }

  /** Its id, locked, or {@link Gateway#NONE}. */
  static int generalMailServer(Connection connection) throws SQLException {
    String sql =
        """
        SELECT id FROM gateways WHERE kind = 'smtp' AND rmOrgID IS NULL ORDER BY id LIMIT 1
        FOR UPDATE
        """;
    try (PreparedStatement select = connection.prepareStatement(sql);
        ResultSet row = select.executeQuery()) {
      return row.next() ? row.getInt("id") : Gateway.NONE;
    }
  }

  /** Without a URL it is out of use. */
  static void setMailServer(Connection connection, int id, @Nullable URI url) throws SQLException {
    String sql = "UPDATE gateways SET url = COALESCE(?, url), active = ? WHERE id = ?";
    try (PreparedStatement update = connection.prepareStatement(sql)) {
      update.setString(1, url == null ? null : url.toString());
      update.setBoolean(2, url != null);
      update.setInt(3, id);
      update.executeUpdate();
    }
  }
}
