package org.waybill.dispatch;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.waybill.gateway.Circuit;
import org.waybill.platform.Columns;

/**
 * The tables {@code gateway_circuits}, what a new owner of a queue goes on from, and {@code
 * gateway_circuit_changes}, what people read in the morning.
 */
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
      upsert.setString(2, word(circuit.state()));
      upsert.setObject(3, Columns.utc(circuit.since()));
      upsert.setObject(4, probe == null ? null : Columns.utc(probe));
      upsert.setInt(5, circuit.trips());
      upsert.setString(6, cut(circuit.reason()));
      upsert.executeUpdate();
    }
  }

  /** Writes down what it did, for good. */
  static void tell(Connection connection, int gateway, int node, List<Circuit.Change> changes)
      throws SQLException {
    if (changes.isEmpty()) {
      return;
    }
    String sql =
        """
        INSERT INTO gateway_circuit_changes (id_gateways, at, from_state, to_state, trips, reason,
          node)
        VALUES (?, ?, ?, ?, ?, ?, ?)
        """;
    try (PreparedStatement insert = connection.prepareStatement(sql)) {
      for (Circuit.Change change : changes) {
        insert.setInt(1, gateway);
        insert.setObject(2, Columns.utc(change.at()));
        insert.setString(3, word(change.from()));
        insert.setString(4, word(change.to()));
        insert.setInt(5, change.trips());
        insert.setString(6, cut(change.reason()));
        insert.setInt(7, node);
        insert.addBatch();
      }
      insert.executeBatch();
    }
  }

  /** How it stands; null before it has ever changed. */
  static @Nullable String state(Connection connection, int gateway) throws SQLException {
    String sql = "SELECT state FROM gateway_circuits WHERE id_gateways = ?";
    try (PreparedStatement select = connection.prepareStatement(sql)) {
      select.setInt(1, gateway);
      try (ResultSet row = select.executeQuery()) {
        return row.next() ? row.getString("state") : null;
      }
    }
  }

  /** For whoever owns the queue next; who owns it now hears of it by the address book. */
  static void probeNow(Connection connection, int gateway, Instant now) throws SQLException {
    String sql =
        "UPDATE gateway_circuits SET next_probe = ? WHERE id_gateways = ? AND state = 'open'";
    try (PreparedStatement update = connection.prepareStatement(sql)) {
      update.setObject(1, Columns.utc(now));
      update.setInt(2, gateway);
      update.executeUpdate();
    }
  }

  private static String word(Circuit.State state) {
    return state.name().toLowerCase(Locale.ROOT);
  }

  private static @Nullable String cut(@Nullable String reason) {
    if (reason == null || reason.codePointCount(0, reason.length()) <= REASON_CHARACTERS) {
      return reason;
    }
    return reason.substring(0, reason.offsetByCodePoints(0, REASON_CHARACTERS));
  }
}
