package org.waybill.report;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.waybill.platform.Columns;
import org.waybill.platform.Database;
import org.waybill.platform.Where;

/** Asks what the circuits of gateways did. */
@ApplicationScoped
public class CircuitHistory {
  private final Database database;

  @Inject
  public CircuitHistory(Database database) {
    this.database = database;
  }

  /** For the proxy of CDI only. */
  @SuppressWarnings("NullAway")
  protected CircuitHistory() {
    this(null);
  }

  /**
   * The newest first.
   *
   * @param before the id of the last one of the page before
   */
  public List<CircuitChange> list(int gateway, @Nullable Long before, int limit) {
    Where where = new Where().and("id_gateways = ?", gateway).and("id < ?", before);
    String sql =
        """
        SELECT id, at, from_state, to_state, reason, trips, node
          FROM gateway_circuit_changes WHERE %s ORDER BY id DESC LIMIT ?
        """
            .formatted(where.sql());
    return database.read(
        "read what a circuit did",
        connection -> {
          List<CircuitChange> found = new ArrayList<>();
          try (PreparedStatement select = connection.prepareStatement(sql)) {
            where.bind(select, limit);
            try (ResultSet row = select.executeQuery()) {
              while (row.next()) {
                found.add(
                    new CircuitChange(
                        row.getLong("id"),
                        Columns.instant(row, "at"),
                        row.getString("from_state"),
                        row.getString("to_state"),
                        row.getString("reason"),
                        row.getInt("trips"),
                        row.getInt("node")));
              }
            }
          }
          return found;
        });
  }
}
