package org.waybill.cdr;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.waybill.cdr.Departures.OldDay;
import org.waybill.cdr.Usage.Size;
import org.waybill.cdr.Usage.Span;
import org.waybill.platform.Columns;
import org.waybill.platform.Database;
import org.waybill.platform.Settings;

/**
 * Asks what is stored, by its days, of the database's own estimates and never of a table. Asked
 * again after a minute, since a database with many partitions takes its time.
 */
@ApplicationScoped
public class Usages {
  private static final Duration FRESH = Duration.ofMinutes(1);

  /** More days that are kept for their tasks are not counted one by one. */
  private static final int MOST_COUNTED = 60;

  private static final List<String> TABLES =
      Arrays.stream(DayTable.values()).map(DayTable::table).toList();

  private final Database database;
  private final Departures departures;
  private final Partitions partitions;
  private final Clock clock;
  private final Duration kept;
  private volatile @Nullable Usage last;

  @Inject
  public Usages(Database database, Clock clock, Settings settings) {
    this(database, clock, Duration.ofDays(settings.retentionDays()));
  }

  Usages(Database database, Clock clock, Duration kept) {
    this.database = database;
    this.departures = new Departures(database);
    this.partitions = new Partitions(database, clock);
    this.clock = clock;
    this.kept = kept;
  }

  /** For the proxy of CDI only. */
  @SuppressWarnings("NullAway")
  protected Usages() {
    this.database = null;
    this.departures = null;
    this.partitions = null;
    this.clock = null;
    this.kept = null;
  }

  /** Not older than a minute. */
  public Usage now() {
    Usage known = last;
    Instant now = clock.instant();
    if (known == null || Duration.between(known.at(), now).compareTo(FRESH) >= 0) {
      known = read(now);
      last = known;
    }
    return known;
  }

  private Usage read(Instant now) {
    Map<String, Map<String, Size>> sizes = database.read("ask what days hold", Usages::sizes);
    Map<LocalDate, OldDay> old =
        departures.known().stream().collect(Collectors.toMap(day -> day.day().day(), day -> day));
    List<Span> spans = new ArrayList<>();
    int empty = 0;
    int counted = 0;
    for (Slice slice : partitions.slices(DayTable.NORMALIZED_CDRS)) {
      Map<String, Size> tables = sizes.getOrDefault(slice.name(), Map.of());
      if (tables.values().stream().allMatch(size -> size.rows() == 0)) {
        empty++;
        continue;
      }
      Instant leaves = leaves(slice, old);
      boolean due = leaves != null && leaves.isBefore(now) && counted++ < MOST_COUNTED;
      boolean certain = slice.from() != null && old.containsKey(slice.from());
      spans.add(
          0,
          new Span(slice.from(), slice.until(), tables, leaves, certain, due ? undone(slice) : 0));
    }
    long other = database.read("ask what other tables hold", Usages::others);
    return new Usage(now, kept, List.copyOf(spans), empty, other);
  }

  /** Null for days that are together: each leaves for itself. */
  private @Nullable Instant leaves(Slice slice, Map<LocalDate, OldDay> old) {
    LocalDate day = slice.from();
    if (day == null || !slice.isDay()) {
      return null;
    }
    // Retention does not look at a day before, whatever came of it.
    Instant looked = day.plusDays(OldDays.YOUNG_DAYS + 2L).atStartOfDay(ZoneOffset.UTC).toInstant();
    OldDay known = old.get(day);
    Instant newest = known == null ? looked : known.newestReceived();
    return (newest.isAfter(looked) ? newest : looked).plus(kept);
  }

  private int undone(Slice slice) {
    return departures.undoneAtMost(new TableSuffix(Objects.requireNonNull(slice.from())));
  }

  /** By partition, then by table. */
  private static Map<String, Map<String, Size>> sizes(Connection connection) throws SQLException {
    String sql =
        """
        SELECT TABLE_NAME, PARTITION_NAME, TABLE_ROWS, DATA_LENGTH, INDEX_LENGTH
          FROM information_schema.PARTITIONS
         WHERE TABLE_SCHEMA = DATABASE() AND TABLE_NAME IN (%s) AND PARTITION_NAME IS NOT NULL
        """
            .formatted(Columns.placeholders(TABLES.size()));
    Map<String, Map<String, Size>> sizes = new LinkedHashMap<>();
    try (PreparedStatement select = connection.prepareStatement(sql)) {
      bind(select);
      try (ResultSet row = select.executeQuery()) {
        while (row.next()) {
          Size size = new Size(row.getLong(3), row.getLong(4), row.getLong(5));
          sizes
              .computeIfAbsent(row.getString(2), name -> new LinkedHashMap<>())
              .put(row.getString(1), size);
        }
      }
    }
    return sizes;
  }

  private static long others(Connection connection) throws SQLException {
    String sql =
        """
        SELECT COALESCE(SUM(DATA_LENGTH + INDEX_LENGTH), 0) FROM information_schema.TABLES
         WHERE TABLE_SCHEMA = DATABASE() AND TABLE_TYPE = 'BASE TABLE'
           AND TABLE_NAME NOT IN (%s)
        """
            .formatted(Columns.placeholders(TABLES.size()));
    try (PreparedStatement select = connection.prepareStatement(sql)) {
      bind(select);
      try (ResultSet row = select.executeQuery()) {
        row.next();
        return row.getLong(1);
      }
    }
  }

  private static void bind(PreparedStatement select) throws SQLException {
    for (int i = 0; i < TABLES.size(); i++) {
      select.setString(i + 1, TABLES.get(i));
    }
  }
}
