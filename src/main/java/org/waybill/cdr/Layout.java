package org.waybill.cdr;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Which partitions there should be: a day each from 35 days back to 7 ahead, where nearly all CDRs
 * arrive, and coarse ones before, since a partition for every day since 2000 would be more than
 * MySQL allows (8192). Pure rules; {@link Partitions} carries them out.
 */
final class Layout {
  static final int DAYS_BACK = 35;
  static final int DAYS_AHEAD = 7;
  private static final LocalDate FIRST_BOUND = LocalDate.of(2010, 1, 1);
  private static final LocalDate SECOND_BOUND = LocalDate.of(2020, 1, 1);

  private Layout() {}

  /**
   * What takes the place of the rest when days up to {@code today + 7} are to have a partition.
   *
   * @param from first day without a partition; null when there is none at all
   * @return empty when all of them are there
   */
  static List<Slice> ahead(@Nullable LocalDate from, LocalDate today) {
    LocalDate end = today.plusDays(DAYS_AHEAD + 1);
    if (from != null && !from.isBefore(end)) {
      return List.of();
    }
    List<Slice> slices = new ArrayList<>();
    LocalDate firstDay = today.minusDays(DAYS_BACK);
    LocalDate next = from;
    while (next == null || next.isBefore(firstDay)) {
      LocalDate bound = coarseEnd(next);
      LocalDate until = bound.isBefore(firstDay) ? bound : firstDay;
      slices.add(Slice.between(next, until));
      next = until;
    }
    for (; next.isBefore(end); next = next.plusDays(1)) {
      slices.add(Slice.ofDay(next));
    }
    slices.add(Slice.rest(end));
    return slices;
  }

  /** What takes the place of a coarse partition when some of its days get one of their own. */
  static List<Slice> split(Slice coarse, Collection<LocalDate> days) {
    List<Slice> slices = new ArrayList<>();
    LocalDate next = coarse.from();
    for (LocalDate day : new TreeSet<>(days)) {
      if (next == null || next.isBefore(day)) {
        slices.add(Slice.between(next, day));
      }
      slices.add(Slice.ofDay(day));
      next = day.plusDays(1);
    }
    LocalDate until = coarse.until();
    if (until == null) {
      slices.add(Slice.rest(next));
    } else if (next == null || next.isBefore(until)) {
      slices.add(Slice.between(next, until));
    }
    return slices;
  }

  /** Whether two neighbours belong into one coarse partition. */
  static boolean sameCoarse(Slice left, Slice right) {
    LocalDate until = right.until();
    return until != null && !until.isAfter(coarseEnd(left.from()));
  }

  /** Where the coarse partition that a day belongs to ends: 2010, 2020, then each new year. */
  private static LocalDate coarseEnd(@Nullable LocalDate day) {
    if (day == null || day.isBefore(FIRST_BOUND)) {
      return FIRST_BOUND;
    }
    return day.isBefore(SECOND_BOUND) ? SECOND_BOUND : LocalDate.of(day.getYear() + 1, 1, 1);
  }
}
