package org.waybill.call.feed;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.waybill.cdr.TableSuffix;
import org.waybill.platform.Columns;
import org.waybill.platform.Database;

/**
 * Lets pieces leave with the day of their CDR, and those of which none was made when they are as
 * old. While the platform may still show a call, its row says that it has left, or it would come
 * back.
 */
final class FeedRetention {
  private static final int CHUNK = 500;

  private final Database database;
  private final FeedLease lease;
  private final Duration kept;
  private final int overlap;
  private final Clock clock;

  /**
   * @param overlap so many ids below the cursor are still looked at
   */
  FeedRetention(Database database, FeedLease lease, Duration kept, int overlap, Clock clock) {
    this.database = database;
    this.lease = lease;
    this.kept = kept;
    this.overlap = overlap;
    this.clock = clock;
  }

  void run() {
    Instant cutoff = clock.instant().minus(kept);
    List<Long> calls;
    do {
      calls = database.read("find calls that leave", connection -> leaving(connection, cutoff));
      remove(calls);
    } while (calls.size() == CHUNK);
    forget();
  }

  private static List<Long> leaving(Connection connection, Instant cutoff) throws SQLException {
    String sql =
        """
        SELECT c.call_id FROM feed_calls c LEFT JOIN cdr_keys k ON k.uuid = c.uuid
         WHERE c.TableSuffix < ? AND c.state <> 'left' AND k.uuid IS NULL
         UNION
        SELECT call_id FROM feed_calls
         WHERE learnt_at < ? AND uuid IS NULL AND state <> 'left'
         LIMIT %d
        """
            .formatted(CHUNK);
    List<Long> calls = new ArrayList<>();
    try (PreparedStatement select = connection.prepareStatement(sql)) {
      select.setString(1, TableSuffix.ofEpochSecond(cutoff.getEpochSecond()).toString());
      select.setObject(2, Columns.utc(cutoff));
      try (ResultSet row = select.executeQuery()) {
        while (row.next()) {
          calls.add(row.getLong(1));
        }
      }
    }
    return calls;
  }

  private void remove(List<Long> calls) {
    if (calls.isEmpty()) {
      return;
    }
    String sql =
        """
        UPDATE feed_calls SET state = 'left', due_at = NULL, uuid = NULL, TableSuffix = NULL
         WHERE call_id IN (%s)
        """
            .formatted(Columns.placeholders(calls.size()));
    database.transact(
        "take away calls",
        connection -> {
          lease.hold(connection);
          PieceRows.delete(connection, calls);
          try (PreparedStatement update = connection.prepareStatement(sql)) {
            for (int i = 0; i < calls.size(); i++) {
              update.setLong(i + 1, calls.get(i));
            }
            return update.executeUpdate();
          }
        });
  }

  private void forget() {
    String sql = "DELETE FROM feed_calls WHERE state = 'left' AND call_id < ? LIMIT " + CHUNK;
    database.transact(
        "forget calls",
        connection -> {
          lease.hold(connection);
          try (PreparedStatement delete = connection.prepareStatement(sql)) {
            delete.setLong(1, FeedRows.cursor(connection, Feed.CALLS) - overlap);
            return delete.executeUpdate();
          }
        });
  }
}
