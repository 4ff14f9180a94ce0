package org.waybill.cdr;

import jakarta.enterprise.context.Dependent;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Collection;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import org.waybill.platform.Columns;

/**
 * Keeps retention and a late CDR of an old day apart: both write the day's row of {@code cdr_days}
 * first, so the row lock puts one of them before the other. Days of today and the two before it
 * need no row: retention never touches anything that young.
 */
@Dependent
public class OldDays {
  static final int YOUNG_DAYS = 2;

  /**
   * To be called at the beginning of each transaction that stores CDRs, with the days of all of
   * them.
   *
   * @return those days that retention is just taking away: their CDRs must not be stored now, and
   *     the sender be asked to come again
   */
  public Set<TableSuffix> enter(
      Connection connection, Collection<TableSuffix> days, Instant receivedAt) throws SQLException {
    LocalDate young = LocalDate.ofInstant(receivedAt, ZoneOffset.UTC).minusDays(YOUNG_DAYS);
    SortedSet<TableSuffix> old = new TreeSet<>(days);
    old.removeIf(day -> !day.day().isBefore(young));
    return admit(connection, old, receivedAt);
  }

  /**
   * To be called at the beginning of each transaction that makes a settled task of a CDR wait
   * again, so that its day cannot leave meanwhile.
   *
   * @return whether the day stays
   */
  public boolean hold(Connection connection, TableSuffix day) throws SQLException {
    SortedSet<TableSuffix> days = new TreeSet<>(Set.of(day));
    return admit(connection, days, Instant.EPOCH).isEmpty();
  }

  private static Set<TableSuffix> admit(
      Connection connection, SortedSet<TableSuffix> days, Instant receivedAt) throws SQLException {
    // Asked without a lock first: retention holds the row's lock while it takes partitions away,
    // and a whole commit would wait for it.
    Set<TableSuffix> leaving = leaving(connection, days, "");
    days.removeAll(leaving);
    note(connection, days, receivedAt);
    leaving.addAll(leaving(connection, days, " FOR UPDATE"));
    return leaving;
  }

  /** Records that CDRs of these days were received, in ascending order so that none deadlocks. */
  static void note(Connection connection, SortedSet<TableSuffix> days, Instant receivedAt)
      throws SQLException {
    String sql =
        """
        INSERT INTO cdr_days (TableSuffix, newest_received) VALUES (?, ?)
        ON DUPLICATE KEY UPDATE newest_received = GREATEST(newest_received, VALUES(newest_received))
        """;
    try (PreparedStatement insert = connection.prepareStatement(sql)) {
      for (TableSuffix day : days) {
        insert.setString(1, day.toString());
        insert.setObject(2, Columns.utc(receivedAt));
        insert.addBatch();
      }
      insert.executeBatch();
    }
  }

  private static Set<TableSuffix> leaving(
      Connection connection, SortedSet<TableSuffix> days, String lock) throws SQLException {
    Set<TableSuffix> leaving = new TreeSet<>();
    if (days.isEmpty()) {
      return leaving;
    }
    String sql =
        """
        SELECT TableSuffix FROM cdr_days
        WHERE TableSuffix IN (%s) AND leaving IS NOT NULL ORDER BY TableSuffix%s
        """
            .formatted(Columns.placeholders(days.size()), lock);
    try (PreparedStatement select = connection.prepareStatement(sql)) {
      int parameter = 1;
      for (TableSuffix day : days) {
        select.setString(parameter++, day.toString());
      }
      try (ResultSet rows = select.executeQuery()) {
        while (rows.next()) {
          leaving.add(TableSuffix.parse(rows.getString(1)));
        }
      }
    }
    return leaving;
  }
}
