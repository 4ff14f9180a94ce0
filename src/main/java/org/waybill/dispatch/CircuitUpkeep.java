package org.waybill.dispatch;

import jakarta.annotation.PreDestroy;
import jakarta.annotation.Resource;
import jakarta.enterprise.concurrent.ManagedScheduledExecutorService;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.context.Initialized;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.sql.PreparedStatement;
import java.time.Clock;
import java.time.Duration;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.waybill.platform.Columns;
import org.waybill.platform.Database;
import org.waybill.platform.DatabaseException;
import org.waybill.platform.Settings;

/** Forgets what circuits did before the retention time, and how gateways answered an hour ago. */
@ApplicationScoped
public class CircuitUpkeep {
  private static final Logger LOG = System.getLogger(CircuitUpkeep.class.getName());
  private static final int MINUTES_BETWEEN = 15;
  private static final int AT_ONCE = 5_000;

  private final Database database;
  private final Clock clock;
  private final Duration kept;

  @Resource private @Nullable ManagedScheduledExecutorService executor;
  private @Nullable Future<?> runs;

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

  void atStart(@Observes @Initialized(ApplicationScoped.class) Object started) {
    if (executor != null) {
      runs =
          executor.scheduleWithFixedDelay(
              this::run, MINUTES_BETWEEN, MINUTES_BETWEEN, TimeUnit.MINUTES);
    }
  }

  @PreDestroy
  void stop() {
    if (runs != null) {
      runs.cancel(false);
    }
  }

  private void run() {
    try {
      purge();
    } catch (DatabaseException e) {
      LOG.log(
          Level.WARNING,
          "WB-DISPATCH-21 Old changes of circuits could not be cleared away; this is tried again in"
              + " a quarter of an hour and does no harm meanwhile. ({0})",
          e.getMessage());
    }
  }

  /** Some rows a transaction, so that none is long. */
  void purge() {
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
