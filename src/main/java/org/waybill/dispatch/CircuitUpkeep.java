package org.waybill.dispatch;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.sql.PreparedStatement;
import java.time.Clock;
import java.time.Duration;
import org.waybill.platform.Columns;
import org.waybill.platform.Database;
import org.waybill.platform.Settings;
import org.waybill.platform.Upkeep;

/** Forgets what circuits did before the retention time, and how gateways answered an hour ago. */
@ApplicationScoped
public class CircuitUpkeep implements Upkeep {
  private static final Duration INTERVAL = Duration.ofMinutes(15);
  private static final int AT_ONCE = 5_000;

  private final Database database;
  private final Clock clock;
  private final Duration kept;

  @Inject
  public CircuitUpkeep(Database database, Clock clock, Settings settings) {
    this(database, clock, Duration.ofDays(settings.retentionDays()));
  }

  CircuitUpkeep(Database database, Clock clock, Duration kept) {
    this.database = database;
    this.clock = clock;
    this.kept = kept;
  }

  @SuppressWarnings("NullAway") // only for the proxy, which never calls it
  protected CircuitUpkeep() {
    this(null, null, (Duration) null);
  }

  @Override
  public String what() {
    return "WB-DISPATCH-21 Old changes of circuits";
  }

  @Override
  public Duration interval() {
    return INTERVAL;
  }

  /** Some rows a transaction, so that none is long. */
  @Override
  public void purge() {
    Object before = Columns.utc(clock.instant().minus(kept));
    delete("DELETE FROM gateway_circuit_changes WHERE at < ? LIMIT " + AT_ONCE, before);
    delete(
        "DELETE FROM gateway_answers WHERE at < UTC_TIMESTAMP(3) - INTERVAL ? MINUTE LIMIT "
            + AT_ONCE,
        60);
  }

  private void delete(String sql, Object value) {
    int deleted;
    do {
      deleted =
          database.transact(
              "forget old changes of circuits",
              connection -> {
                try (PreparedStatement delete = connection.prepareStatement(sql)) {
                  delete.setObject(1, value);
                  return delete.executeUpdate();
                }
              });
    } while (deleted == AT_ONCE);
  }
}
