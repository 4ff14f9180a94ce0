package org.waybill.dispatch;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.waybill.gateway.Circuit;
import org.waybill.platform.Columns;

/** The table {@code gateway_circuits}: what a new owner of a queue goes on from. */
final class CircuitStore {
  private static final int REASON_CHARACTERS = 1000;

  private CircuitStore() {}

  static Optional<Circuit.Snapshot> find(Connection connection, int gateway) throws SQLException {
    String sql =
        """
        SELECT state, since, next_probe, trips, reason FROM gateway_circuits
         WHERE id_gateways = ?
        """;
    try (PreparedStatement select = connection.prepareStatement(sql)) {
      select.setInt(1, gateway);
      try (ResultSet row = select.executeQuery()) {
        return row.next() ? Optional.of(snapshot(row)) : Optional.empty();
      }
    }
  }

  private static Circuit.Snapshot snapshot(ResultSet row) throws SQLException {
    return new Circuit.Snapshot(
        Circuit.State.valueOf(row.getString("state").toUpperCase(Locale.ROOT)),
        Columns.instant(row, "since"),
        Columns.instantOrNull(row, "next_probe"),
        row.getInt("trips"),
        row.getString("reason"));
  }

  static void save(Connection connection, int gateway, Circuit.Snapshot circuit)
      throws SQLException {
    String sql =
        """
        INSERT INTO gateway_circuits (id_gateways, state, since, next_probe, trips, reason)
        VALUES (?, ?, ?, ?, ?, ?)
        ON DUPLICATE KEY UPDATE state = VALUES(state), since = VALUES(since),
          next_probe = VALUES(next_probe), trips = VALUES(trips), reason = VALUES(reason)
        """;
    Instant probe = circuit.nextProbe();
    try (PreparedStatement upsert = connection.prepareStatement(sql)) {
      upsert.setInt(1, gateway);
      upsert.setString(2, circuit.state().name().toLowerCase(Locale.ROOT));
      upsert.setObject(3, Columns.utc(circuit.since()));
      upsert.setObject(4, probe == null ? null : Columns.utc(probe));
      upsert.setInt(5, circuit.trips());
      upsert.setString(6, cut(circuit.reason()));
      upsert.executeUpdate();
    }
  }

  private static @Nullable String cut(@Nullable String reason) {
    if (reason == null || reason.codePointCount(0, reason.length()) <= REASON_CHARACTERS) {
      return reason;
    }
    return reason.substring(0, reason.offsetByCodePoints(0, REASON_CHARACTERS));
  }
}
