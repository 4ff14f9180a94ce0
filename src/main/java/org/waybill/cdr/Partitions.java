package org.waybill.cdr;

import jakarta.enterprise.context.Dependent;
import jakarta.inject.Inject;
import java.time.Clock;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.Function;
import org.waybill.platform.Database;
import org.waybill.platform.DatabaseException;

/**
 * Sees to it that each {@link DayTable} has the partitions of {@link Layout}. Every node may do so
 * at any time: each change is planned from what is there, and planned anew when another node was
 * faster. Nothing here ever takes a row away.
 */
@Dependent
public class Partitions {
  /** REORGANIZE copies 100,000 rows in about a second, and a commit must be answered within 2. */
  static final int SMALL = 20_000;

  /** MySQL allows 8192; each is a file. */
  private static final int MOST_SLICES = 3000;

  private static final int DAYS_A_SPLIT = 50;
  private static final int MERGES_A_RUN = 50;
  private static final int TRIES = 5;

  private final SliceStore store;
  private final Clock clock;

  @Inject
  Partitions(SliceStore store, Clock clock) {
    this.store = store;
    this.clock = clock;
  }

  Partitions(Database database, Clock clock) {
    this(new SliceStore(database), clock);
  }

  /** Neighbouring partitions, and what takes their place. */
  private record Change(List<Slice> old, List<Slice> fresh) {
    static Change merging(List<Slice> run) {
      LocalDate until = Objects.requireNonNull(run.get(run.size() - 1).until());
      return new Change(run, List.of(Slice.between(run.get(0).from(), until)));
    }
  }

  /** Makes the days up to a week ahead. To be called before the first CDR comes, then daily. */
  public void ensure() {
    for (DayTable table : DayTable.values()) {
      change(table, this::missingDays);
    }
  }

  /** Whether today's and tomorrow's CDRs have partitions to go to. */
  public boolean ready() {
    LocalDate tomorrow = today().plusDays(1);
    for (DayTable table : DayTable.values()) {
      if (!at(store.slices(table), tomorrow).isDay()) {
        return false;
      }
    }
    return true;
  }

  /** Gives days that arrived in small coarse partitions one of their own. */
  void split(Collection<LocalDate> days) {
    for (DayTable table : DayTable.values()) {
      for (Slice coarse : store.slices(table)) {
        if (!coarse.isDay() && coarse.until() != null && days.stream().anyMatch(coarse::holds)) {
          change(table, slices -> splitting(table, slices, coarse, days));
        }
      }
    }
  }

  /** Joins old partitions that hold nothing any more with their empty neighbours. */
  void mergeEmpty() {
    for (DayTable table : DayTable.values()) {
      int merges = 0;
      while (merges < MERGES_A_RUN && change(table, slices -> emptyNeighbours(table, slices))) {
        merges++;
      }
    }
  }

  /** In order of their days. */
  List<Slice> slices(DayTable table) {
    return store.slices(table);
  }

  /** The partition that a day's rows are in. */
  Slice sliceOf(DayTable table, LocalDate day) {
    return at(store.slices(table), day);
  }

  private Optional<Change> missingDays(List<Slice> slices) {
    Slice rest = slices.get(slices.size() - 1);
    List<Slice> fresh = Layout.ahead(rest.from(), today());
    return fresh.isEmpty() ? Optional.empty() : Optional.of(new Change(List.of(rest), fresh));
  }

  private Optional<Change> splitting(
      DayTable table, List<Slice> slices, Slice coarse, Collection<LocalDate> days) {
    if (!slices.contains(coarse)
        || slices.size() > MOST_SLICES
        || !store.holdsAtMost(table, coarse, SMALL)) {
      return Optional.empty();
    }
    List<LocalDate> its = days.stream().filter(coarse::holds).sorted().limit(DAYS_A_SPLIT).toList();
    return Optional.of(new Change(List.of(coarse), Layout.split(coarse, its)));
  }

  /** The first run of empty neighbours; the next one comes with the next plan. */
  private Optional<Change> emptyNeighbours(DayTable table, List<Slice> slices) {
    List<Slice> run = new ArrayList<>();
    for (Slice slice : slices) {
      boolean empty = isPast(slice) && store.holdsAtMost(table, slice, 0);
      if (empty && (run.isEmpty() || Layout.sameCoarse(run.get(0), slice))) {
        run.add(slice);
      } else if (run.size() > 1) {
        break;
      } else {
        run.clear();
        run.addAll(empty ? List.of(slice) : List.of());
      }
    }
    return run.size() < 2 ? Optional.empty() : Optional.of(Change.merging(run));
  }

  private boolean isPast(Slice slice) {
    LocalDate until = slice.until();
    return until != null && !until.isAfter(today().minusDays(Layout.DAYS_BACK));
  }

  /** Plans and carries out one change; false when there is nothing to change. */
  private boolean change(DayTable table, Function<List<Slice>, Optional<Change>> plan) {
    for (int attempt = 1; ; attempt++) {
      try {
        Optional<Change> change = plan.apply(store.slices(table));
        change.ifPresent(it -> store.reorganize(table, it.old(), it.fresh()));
        return change.isPresent();
      } catch (DatabaseException e) {
        if (attempt == TRIES || !SliceStore.mayTryAgain(e)) {
          throw e;
        }
        pause(attempt);
      }
    }
  }

  private static Slice at(List<Slice> slices, LocalDate day) {
    return slices.stream().filter(slice -> slice.holds(day)).findFirst().orElseThrow();
  }

  private LocalDate today() {
    return LocalDate.ofInstant(clock.instant(), ZoneOffset.UTC);
  }

  /** Commits that queued up behind the last attempt get through before the next. */
  static void pause(int attempt) {
    try {
      Thread.sleep(ThreadLocalRandom.current().nextLong(100L, 400L * attempt));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
