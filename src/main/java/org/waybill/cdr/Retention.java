package org.waybill.cdr;

import jakarta.enterprise.context.Dependent;
import jakarta.inject.Inject;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.waybill.cdr.Departures.OldDay;
import org.waybill.ledger.Entries;
import org.waybill.platform.Columns;
import org.waybill.platform.Database;
import org.waybill.platform.Settings;

/**
 * Takes a day away when its newest CDR was received longer ago than the retention time, unless it
 * holds undone tasks: then it is kept, and an alarm.
 */
@Dependent
public class Retention {
  private static final Logger LOG = System.getLogger(Retention.class.getName());

  private final Database database;
  private final Partitions partitions;
  private final Departures departures;
  private final Clock clock;
  private final Duration kept;
  private final String owner = UUID.randomUUID().toString();

  @Inject
  public Retention(Database database, Clock clock, Settings settings) {
    this(database, clock, Duration.ofDays(settings.retentionDays()));
  }

  Retention(Database database, Clock clock, Duration kept) {
    this.database = database;
    this.partitions = new Partitions(database, clock);
    this.departures = new Departures(database);
    this.clock = clock;
    this.kept = kept;
  }

  /** A day that is due to leave but holds tasks that wait or failed. */
  public record KeptDay(TableSuffix day, long undoneTasks) {}

  /** Takes every day away that is due; what one node leaves unfinished, the next run finishes. */
  void run() {
    Instant cutoff = clock.instant().minus(kept);
    for (TableSuffix day : due(cutoff)) {
      if (departures.begin(day, cutoff, owner)) {
        new DayRemoval(database, departures, partitions, day, owner).run();
        LOG.log(
            Level.INFO,
            "WB-CDR-01 The day {0} left: its newest CDR was received more than {1} days ago.",
            day,
            kept.toDays());
      }
    }
    removeBooks(LocalDate.ofInstant(cutoff, ZoneOffset.UTC));
  }

  /** What came in on a day that is that long ago has left, but for days that are kept for tasks. */
  private void removeBooks(LocalDate before) {
    while (database.transact(
            "take old days out of the ledger",
            connection -> Entries.removeBefore(connection, before))
        > 0) {
      LOG.log(Level.DEBUG, "Days before {0} left the ledger.", before);
    }
  }

  /** The alarm: days that are due but kept, for somebody has to run their tasks again or cancel. */
  public List<KeptDay> keptDays() {
    List<KeptDay> keptDays = new ArrayList<>();
    for (TableSuffix day : due(clock.instant().minus(kept))) {
      long undone = departures.undone(day);
      if (undone > 0) {
        keptDays.add(new KeptDay(day, undone));
      }
    }
    return keptDays;
  }

  /** Days that hold something and whose newest CDR is that old, and those half gone. */
  private List<TableSuffix> due(Instant cutoff) {
    LocalDate young =
        LocalDate.ofInstant(cutoff, ZoneOffset.UTC).minusDays(OldDays.YOUNG_DAYS + 1L);
    Map<TableSuffix, OldDay> known =
        departures.known().stream().collect(Collectors.toMap(OldDay::day, day -> day));
    List<TableSuffix> due = new ArrayList<>();
    for (TableSuffix day : present(known.keySet())) {
      if (day.day().isBefore(young) && allReceivedBefore(cutoff, day, known.get(day))) {
        due.add(day);
      }
    }
    return due;
  }

  private boolean allReceivedBefore(Instant cutoff, TableSuffix day, @Nullable OldDay old) {
    if (old == null) {
      return newestReceived(day).isBefore(cutoff);
    }
    return old.leaving() || old.newestReceived().isBefore(cutoff);
  }

  /**
   * Days that may hold something: those that were old when a CDR of them came, and those with a
   * partition of their own.
   */
  private Set<TableSuffix> present(Set<TableSuffix> known) {
    Set<TableSuffix> days = new TreeSet<>(known);
    for (Slice slice : partitions.slices(DayTable.NORMALIZED_CDRS)) {
      LocalDate day = slice.from();
      if (day != null && slice.isDay()) {
        days.add(new TableSuffix(day));
      }
    }
    return days;
  }

  /** Of a day without a row in {@code cdr_days}, which it is then given: the question is dear. */
  private Instant newestReceived(TableSuffix day) {
    String sql = "SELECT MAX(received_at) AS newest FROM normalized_cdrs WHERE TableSuffix = ?";
    return database.transact(
        "find the newest CDR of " + day,
        connection -> {
          try (PreparedStatement select = connection.prepareStatement(sql)) {
            select.setString(1, day.toString());
            try (ResultSet row = select.executeQuery()) {
              row.next();
              Instant newest = Columns.instantOrNull(row, "newest");
              if (newest == null) {
                return Instant.MAX;
              }
              OldDays.note(connection, new TreeSet<>(Set.of(day)), newest);
              return newest;
            }
          }
        });
  }
}
