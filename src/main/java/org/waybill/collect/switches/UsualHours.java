package org.waybill.collect.switches;

import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * How many documents a switch usually sends in each hour of the week: an average over the weeks in
 * which each week weighs 0.7 of the one after it. A public holiday bends it little, and a switch
 * that was moved is known again within a few weeks.
 */
final class UsualHours {
  /** What remains of the past when a week is over. */
  static final double KEPT = 0.7;

  private static final Duration FURTHEST = Duration.ofDays(28);
  private static final double SECONDS_AN_HOUR = 3_600;

  private final Map<Integer, Hour> hours = new HashMap<>();

  /**
   * A row of {@code switch_hours}.
   *
   * @param week in which the documents came
   * @param usual average of the weeks before that one; null when it was the first
   */
  record Hour(int hour, long week, long documents, @Nullable Double usual) {
    /** What was to be expected in this hour of a week, going by the weeks before that one. */
    double before(long someWeek) {
      double known = usual == null ? 0 : usual;
      if (someWeek <= week) {
        return known;
      }
      double then = usual == null ? documents : known * KEPT + documents * (1 - KEPT);
      return then * Math.pow(KEPT, someWeek - week - 1.0);
    }
  }

  void add(Hour hour) {
    hours.put(hour.hour(), hour);
  }

  double perHour(Instant at) {
    return perHour(WeekHour.of(at));
  }

  /** How many documents were to be expected between the two; of a long time in its last 28 days. */
  double expected(Instant from, Instant to) {
    Instant earliest = to.minus(FURTHEST);
    Instant begin = from.isBefore(earliest) ? earliest : from;
    double expected = 0;
    while (begin.isBefore(to)) {
      WeekHour hour = WeekHour.of(begin);
      Instant end = hour.end().isBefore(to) ? hour.end() : to;
      expected += perHour(hour) * Duration.between(begin, end).toMillis() / 1e3 / SECONDS_AN_HOUR;
      begin = end;
    }
    return expected;
  }

  private double perHour(WeekHour hour) {
    Hour known = hours.get(hour.hour());
    return known == null ? 0 : known.before(hour.week());
  }
}
