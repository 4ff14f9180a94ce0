package org.waybill.cdr;

import java.time.LocalDate;
import org.jspecify.annotations.Nullable;

/**
 * One partition of a {@link DayTable}: the days from {@code from} (null: since ever) until before
 * {@code until} (null: for ever). Its name says its bound, so two nodes that want the same
 * partition mean the same days.
 */
record Slice(String name, @Nullable LocalDate from, @Nullable LocalDate until) {

  static Slice ofDay(LocalDate day) {
    return new Slice("p" + new TableSuffix(day), day, day.plusDays(1));
  }

  /** Days up to a bound: a single day where they are only one. */
  static Slice between(@Nullable LocalDate from, LocalDate until) {
    if (from != null && from.plusDays(1).equals(until)) {
      return ofDay(from);
    }
    return new Slice("before_" + new TableSuffix(until), from, until);
  }

  /** Everything that has no partition yet; kept empty by making days ahead. */
  static Slice rest(@Nullable LocalDate from) {
    return new Slice("pmax", from, null);
  }

  boolean isDay() {
    return from != null && from.plusDays(1).equals(until);
  }

  boolean holds(LocalDate day) {
    return (from == null || !day.isBefore(from)) && (until == null || day.isBefore(until));
  }

  /** As {@code ALTER TABLE} takes it. */
  String definition() {
    String bound = until == null ? "MAXVALUE" : "'" + new TableSuffix(until) + "'";
    return "PARTITION " + name + " VALUES LESS THAN (" + bound + ")";
  }
}
