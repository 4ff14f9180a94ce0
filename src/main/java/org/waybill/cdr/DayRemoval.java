package org.waybill.cdr;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import org.waybill.platform.Columns;
import org.waybill.platform.Database;
import org.waybill.platform.DatabaseException;

/**
 * Takes the rows of one leaving day away: first its keys, which are found through its CDRs, then
 * the other tables, its CDRs last. Each step may be repeated, so whoever finds the day half gone
 * begins again; meanwhile the day takes in nothing, so a missing key lets no repeat in.
 */
final class DayRemoval {
  private static final int CHUNK = 1000;
  private static final int TRIES = 5;

  private final Database database;
  private final Departures departures;
  private final Partitions partitions;
  private final SliceStore store;
  private final TableSuffix day;
  private final String owner;

  DayRemoval(
      Database database,
      Departures departures,
      Partitions partitions,
      TableSuffix day,
      String owner) {
    this.database = database;
    this.departures = departures;
    this.partitions = partitions;
    this.store = new SliceStore(database);
    this.day = day;
    this.owner = owner;
  }

  void run() {
    removeKeys();
    new CallRemoval(day).run(this::leased);
    for (DayTable table : DayTable.values()) {
      empty(table);
    }
    removeSums();
    departures.end(day, owner);
  }

  private void removeKeys() {
    long last = 0;
    do {
      long after = last;
      last = leased("take keys away", connection -> removeKeys(connection, after));
    } while (last > 0);
  }

  /** The last id whose key is gone; 0 when there is none left. */
  private long removeKeys(Connection connection, long after) throws SQLException {
    String sql =
        """
        SELECT id, uuid FROM normalized_cdrs
        WHERE TableSuffix = ? AND id > ? ORDER BY id LIMIT %d
        """
            .formatted(CHUNK);
    List<byte[]> uuids = new ArrayList<>();
    long last = 0;
    try (PreparedStatement select = connection.prepareStatement(sql)) {
      select.setString(1, day.toString());
      select.setLong(2, after);
      try (ResultSet rows = select.executeQuery()) {
        while (rows.next()) {
          last = rows.getLong(1);
          uuids.add(rows.getBytes(2));
        }
      }
    }
    deleteKeys(connection, uuids);
    return last;
  }

  private void deleteKeys(Connection connection, List<byte[]> uuids) throws SQLException {
    if (uuids.isEmpty()) {
      return;
    }
    String sql =
        "DELETE FROM cdr_keys WHERE TableSuffix = ? AND uuid IN (%s)"
            .formatted(Columns.placeholders(uuids.size()));
    try (PreparedStatement delete = connection.prepareStatement(sql)) {
      delete.setString(1, day.toString());
      for (int i = 0; i < uuids.size(); i++) {
        delete.setBytes(i + 2, uuids.get(i));
      }
      delete.executeUpdate();
    }
  }

  /** At once where the day has a partition of its own, row by row where it shares one. */
  private void empty(DayTable table) {
    for (int attempt = 1; ; attempt++) {
      try {
        Slice slice = partitions.sliceOf(table, day.day());
        if (slice.isDay()) {
          truncate(table, slice);
        } else {
          removeRows(table);
        }
        return;
      } catch (DatabaseException e) {
        if (attempt == TRIES || !SliceStore.mayTryAgain(e)) {
          throw e;
        }
        Partitions.pause(attempt);
      }
    }
  }

  /** DDL on a connection of its own, while this one holds the lock that proves the lease. */
  private void truncate(DayTable table, Slice slice) {
    leased(
        "take away a day of " + table.table(),
        connection -> {
          store.truncate(table, slice);
          return slice;
        });
  }

  private void removeRows(DayTable table) {
    long last = 0;
    do {
      long after = last;
      last =
          leased(
              "take rows away from " + table.table(),
              connection -> removeRows(connection, table, after));
    } while (last > 0);
  }

  private long removeRows(Connection connection, DayTable table, long after) throws SQLException {
    long last = lastOfChunk(connection, table, after);
    String sql =
        "DELETE FROM %1$s WHERE TableSuffix = ? AND %2$s > ? AND %2$s <= ?"
            .formatted(table.table(), table.key());
    try (PreparedStatement delete = connection.prepareStatement(sql)) {
      delete.setString(1, day.toString());
      delete.setLong(2, after);
      delete.setLong(3, last);
      delete.executeUpdate();
    }
    return last;
  }

  private long lastOfChunk(Connection connection, DayTable table, long after) throws SQLException {
    String sql =
        """
        SELECT COALESCE(MAX(chunk.nr), 0) FROM
          (SELECT %2$s AS nr FROM %1$s WHERE TableSuffix = ? AND %2$s > ? ORDER BY %2$s LIMIT %3$d)
          AS chunk
        """
            .formatted(table.table(), table.key(), CHUNK);
    try (PreparedStatement select = connection.prepareStatement(sql)) {
      select.setString(1, day.toString());
      select.setLong(2, after);
      try (ResultSet row = select.executeQuery()) {
        row.next();
        return row.getLong(1);
      }
    }
  }

  /** When nothing is left that a folder could add to them. */
  private void removeSums() {
    leased(
        "take the sums of a day away",
        connection -> {
          FoldGate.enter(connection);
          CallSums.removeDay(connection, day);
          return day;
        });
  }

  private <T> T leased(String stage, Database.Work<T> work) {
    return database.transact(
        stage,
        connection -> {
          departures.renew(connection, day, owner);
          return work.run(connection);
        });
  }
}
