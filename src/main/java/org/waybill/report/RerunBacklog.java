package org.waybill.report;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Collection;
import org.waybill.platform.Database;
import org.waybill.task.Place;

/** Asks how much of what was re-run in bulk waits to be sent. */
@ApplicationScoped
public class RerunBacklog {
  /** No further is counted a gateway. */
  public static final int COUNTED = 10_001;

  private final Database database;

  @Inject
  public RerunBacklog(Database database) {
    this.database = database;
  }

  @SuppressWarnings("NullAway") // only for the proxy, which never calls it
  protected RerunBacklog() {
    this(null);
  }

  /**
   * Deliveries.
   *
   * @param isLeast whether counting was broken off, so that there are more
   */
  public record Waiting(long deliveries, boolean isLeast) {}

  /**
   * @param gateways whose queues are looked at; 0 is that of what has no gateway
   */
  public Waiting of(Collection<Integer> gateways) {
    return database.read(
        "ask what waits of re-runs",
        connection -> {
          long all = 0;
          boolean isLeast = false;
          for (int gateway : gateways) {
            long some = count(connection, gateway);
            isLeast |= some == COUNTED;
            all += Math.min(some, COUNTED - 1);
          }
          return new Waiting(all, isLeast);
        });
  }

  private static long count(Connection connection, int gateway) throws SQLException {
    String sql =
        """
        SELECT COUNT(*) FROM (
          SELECT id_tasks FROM deliveries WHERE id_gateways = ? AND lane = ? LIMIT ?) AS waiting
        """;
    try (PreparedStatement select = connection.prepareStatement(sql)) {
      select.setInt(1, gateway);
      select.setInt(2, Place.BULK);
      select.setInt(3, COUNTED);
      try (ResultSet row = select.executeQuery()) {
        row.next();
        return row.getLong(1);
      }
    }
  }
}
