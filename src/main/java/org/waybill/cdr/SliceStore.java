package org.waybill.cdr;

import jakarta.enterprise.context.Dependent;
import jakarta.inject.Inject;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.waybill.platform.Database;
import org.waybill.platform.DatabaseException;

/** The partitions of the {@link DayTable}s as the database has them, and the DDL on them. */
@Dependent
class SliceStore {
  private static final Pattern BOUND = Pattern.compile("\\d{8}");

  /**
   * While DDL waits for the transactions under way, all later ones queue behind it; a commit must
   * be answered within 2 s, so DDL gives up before.
   */
  private static final int LOCK_WAIT_SECONDS = 1;

  // MySQL's server error reference: what DDL meets when another node was faster
  private static final Set<Integer> OVERTAKEN =
      Set.of(
          1493, // ER_RANGE_NOT_INCREASING_ERROR
          1507, // ER_DROP_PARTITION_NON_EXISTENT
          1517, // ER_SAME_NAME_PARTITION
          1520, // ER_REORG_OUTSIDE_RANGE
          1735); // ER_UNKNOWN_PARTITION

  private final Database database;

  @Inject
  SliceStore(Database database) {
    this.database = database;
  }

  /** In order of their days. */
  List<Slice> slices(DayTable table) {
    String sql =
        """
        SELECT PARTITION_NAME, PARTITION_DESCRIPTION FROM information_schema.PARTITIONS
        WHERE TABLE_SCHEMA = DATABASE() AND TABLE_NAME = ? AND PARTITION_NAME IS NOT NULL
        ORDER BY PARTITION_ORDINAL_POSITION
        """;
    return database.read(
        "read the partitions of " + table.table(),
        connection -> {
          try (PreparedStatement select = connection.prepareStatement(sql)) {
            select.setString(1, table.table());
            try (ResultSet rows = select.executeQuery()) {
              return slices(rows);
            }
          }
        });
  }

  private static List<Slice> slices(ResultSet rows) throws SQLException {
    List<Slice> slices = new ArrayList<>();
    LocalDate from = null;
    while (rows.next()) {
      LocalDate until = bound(rows.getString(2));
      slices.add(new Slice(rows.getString(1), from, until));
      from = until;
    }
    return slices;
  }

  private static @Nullable LocalDate bound(String description) {
    Matcher digits = BOUND.matcher(description);
    return digits.find() ? TableSuffix.parse(digits.group()).day() : null;
  }

  /** Neighbours become others of the same days; their rows are copied, and none is lost. */
  void reorganize(DayTable table, List<Slice> old, List<Slice> fresh) {
    String names = old.stream().map(Slice::name).collect(Collectors.joining(", "));
    String definitions = fresh.stream().map(Slice::definition).collect(Collectors.joining(", "));
    alter(
        "ALTER TABLE %s REORGANIZE PARTITION %s INTO (%s)"
            .formatted(table.table(), names, definitions));
  }

  /**
   * Takes all rows away at once. Not DROP PARTITION, which would widen the next partition by this
   * one's days, so that a late CDR of them would sit in, and leave with, a day that is not its own;
   * the empty partition is merged away afterwards.
   */
  void truncate(DayTable table, Slice slice) {
    alter("ALTER TABLE %s TRUNCATE PARTITION %s".formatted(table.table(), slice.name()));
  }

  /** Whether a partition is small enough to be copied, counted without reading more than that. */
  boolean holdsAtMost(DayTable table, Slice slice, long rows) {
    String sql =
        "SELECT COUNT(*) FROM (SELECT 1 FROM %s PARTITION (%s) LIMIT %d) AS few"
            .formatted(table.table(), slice.name(), rows + 1);
    return database.read(
        "count rows of " + slice.name(),
        connection -> {
          try (Statement statement = connection.createStatement();
              ResultSet count = statement.executeQuery(sql)) {
            count.next();
            return count.getLong(1) <= rows;
          }
        });
  }

  /** Whether DDL failed only because of others at work, so that it may be planned anew. */
  static boolean mayTryAgain(DatabaseException e) {
    return e.getCause() instanceof SQLException cause
        && (OVERTAKEN.contains(cause.getErrorCode()) || Database.lostRace(cause));
  }

  private void alter(String ddl) {
    // In autocommit: DDL commits by itself.
    database.read(
        ddl,
        connection -> {
          try (Statement statement = connection.createStatement()) {
            statement.execute("SET SESSION lock_wait_timeout = " + LOCK_WAIT_SECONDS);
            try {
              return statement.execute(ddl);
            } finally {
              statement.execute("SET SESSION lock_wait_timeout = DEFAULT");
            }
          }
        });
  }
}
