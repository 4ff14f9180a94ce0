package org.waybill.collect.switches;

import java.time.Instant;

/**
 * An hour as one of the 168 of its week: what is usual differs by these.
 *
 * @param week since 1970
 * @param hour 0 to 167 from Thursday 00:00 UTC, since 1970 began on one
 */
record WeekHour(long week, int hour) {
  static final int HOURS = 168;
  private static final int SECONDS = 3_600;

  static WeekHour of(Instant instant) {
    long hours = Math.floorDiv(instant.getEpochSecond(), SECONDS);
    return new WeekHour(Math.floorDiv(hours, HOURS), Math.floorMod(hours, HOURS));
  }

  Instant end() {
    return Instant.ofEpochSecond((week * HOURS + hour + 1) * SECONDS);
  }
}
