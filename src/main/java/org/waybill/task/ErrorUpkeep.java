package org.waybill.task;

import jakarta.annotation.PreDestroy;
import jakarta.annotation.Resource;
import jakarta.enterprise.concurrent.ManagedScheduledExecutorService;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.context.Initialized;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.waybill.platform.Columns;
import org.waybill.platform.Database;
import org.waybill.platform.DatabaseException;

/** Forgets trends that are over, and groups that have had nothing to be done for a month. */
@ApplicationScoped
public class ErrorUpkeep {
  private static final Logger LOG = System.getLogger(ErrorUpkeep.class.getName());
  private static final Duration MINUTES_KEPT = Duration.ofDays(1);
  private static final Duration KEPT = Duration.ofDays(30);
  private static final int MINUTES_BETWEEN = 60;
  private static final int AT_ONCE = 5_000;

  private final Database database;
  private final Clock clock;

  @Resource private @Nullable ManagedScheduledExecutorService executor;
  private @Nullable Future<?> runs;

  @Inject
  public ErrorUpkeep(Database database, Clock clock) {
    this.database = database;
    this.clock = clock;
  }

  @SuppressWarnings("NullAway") // only for the proxy, which never calls it
  protected ErrorUpkeep() {
    this(null, null);
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
          "WB-TASK-03 Old groups of failures could not be cleared away; this is tried again in an"
              + " hour and does no harm meanwhile. ({0})",
          e.getMessage());
    }
  }

  /** Some rows a transaction, so that none is long. */
  public void purge() {
    Instant now = clock.instant();
    String times = "DELETE FROM error_group_times WHERE span = %d AND begins < ? LIMIT %d";
    delete(times.formatted(ErrorGroups.MINUTE, AT_ONCE), epoch(now.minus(MINUTES_KEPT)));
    delete(times.formatted(ErrorGroups.HOUR, AT_ONCE), epoch(now.minus(KEPT)));
    delete(
        """
        DELETE FROM error_groups WHERE last_seen < ? AND failed = 0 AND waiting = 0 LIMIT %d
        """
            .formatted(AT_ONCE),
        Columns.utc(now.minus(KEPT)));
    delete(
        """
        DELETE FROM error_group_places WHERE NOT EXISTS (
          SELECT 1 FROM error_groups g WHERE g.fingerprint = error_group_places.fingerprint)
        LIMIT %d
        """
            .formatted(AT_ONCE),
        null);
  }

  private static Object epoch(Instant instant) {
    return instant.getEpochSecond();
  }

  private void delete(String sql, @Nullable Object value) {
    while (database.transact("forget failures", connection -> delete(connection, sql, value))
        == AT_ONCE) {}
  }

  private static int delete(Connection connection, String sql, @Nullable Object value)
      throws SQLException {
    try (PreparedStatement delete = connection.prepareStatement(sql)) {
      if (value != null) {
        delete.setObject(1, value);
      }
      return delete.executeUpdate();
    }
  }
}
