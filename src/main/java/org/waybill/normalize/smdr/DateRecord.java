package org.waybill.normalize.smdr;

import java.time.DateTimeException;
import java.time.LocalDate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The line by which a switch tells the day of those that follow, when it connects and at midnight:
 * month and day, or day and month, without a year.
 */
record DateRecord(int first, int second) {
  private static final Pattern LINE = Pattern.compile("([0-9]{2})[ /.-]?([0-9]{2})");

  /** 29 February comes again after eight years at the latest. */
  private static final int YEARS = 8;

  /** Null when the line is none. */
  static @Nullable DateRecord parse(String text) {
    Matcher line = LINE.matcher(text.strip());
    return line.matches()
        ? new DateRecord(Integer.parseInt(line.group(1)), Integer.parseInt(line.group(2)))
        : null;
  }

  /**
   * The latest such day, tomorrow included, since clocks differ; null when there is none.
   *
   * @param today where the switch stands
   */
  @Nullable LocalDate day(boolean monthFirst, LocalDate today) {
    LocalDate latest = today.plusDays(1);
    for (int year = latest.getYear(); year >= latest.getYear() - YEARS; year--) {
      LocalDate day = day(year, monthFirst ? first : second, monthFirst ? second : first);
      if (day != null && !day.isAfter(latest)) {
        return day;
      }
    }
    return null;
  }

  private static @Nullable LocalDate day(int year, int month, int day) {
    try {
      return LocalDate.of(year, month, day);
    } catch (DateTimeException e) {
      return null;
    }
  }
}
