package org.waybill.task;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.waybill.platform.Columns;
import org.waybill.platform.Database;
import org.waybill.platform.Upkeep;

/** Forgets trends that are over, and groups that have had nothing to be done for a month. */
@ApplicationScoped
public class ErrorUpkeep implements Upkeep {
  private static final Duration MINUTES_KEPT = Duration.ofDays(1);
  private static final Duration KEPT = Duration.ofDays(30);
  private static final Duration INTERVAL = Duration.ofMinutes(60);
  private static final int AT_ONCE = 5_000;

  private final Database database;
  private final Clock clock;

  @Inject
  public ErrorUpkeep(Database database, Clock clock) {
    this.database = database;
    this.clock = clock;
  }

  @SuppressWarnings("NullAway") // only for the proxy, which never calls it
  protected ErrorUpkeep() {
    this(null, null);
  }

  @Override
  public String what() {
    return "WB-TASK-03 Old groups of failures";
  }

  @Override
  public Duration interval() {
    return INTERVAL;
  }

  /** Some rows a transaction, so that none is long. */
  @Override
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
