package org.waybill.cdr;

import java.time.LocalDate;
import java.time.format.DateTimeFormatter;
import java.time.format.ResolverStyle;

/**
 * The day that a CDR is kept under: the UTC day of its start, written YYYYMMDD.
 *
 * @param day that day
 */
public record TableSuffix(LocalDate day) implements Comparable<TableSuffix> {
  private static final int FIRST_YEAR_OF_FOUR_DIGITS = 1000;
  private static final long SECONDS_A_DAY = 86_400;
  private static final DateTimeFormatter FORMAT =
      DateTimeFormatter.ofPattern("uuuuMMdd").withResolverStyle(ResolverStyle.STRICT);

  /**
   * @throws java.time.DateTimeException when the text is not eight digits that name a real day
   */
  public static TableSuffix parse(String text) {
    return new TableSuffix(LocalDate.parse(text, FORMAT));
  }

  public static TableSuffix ofEpochSecond(long epochSecond) {
    return new TableSuffix(LocalDate.ofEpochDay(Math.floorDiv(epochSecond, SECONDS_A_DAY)));
  }

  @Override
  public int compareTo(TableSuffix other) {
    return day.compareTo(other.day);
  }

  @Override
  public String toString() {
    if (day.getYear() < FIRST_YEAR_OF_FOUR_DIGITS) {
      return FORMAT.format(day);
    }
    // Written five times for every CDR that is stored: a formatter would be felt.
    return String.valueOf(day.getYear() * 10_000 + day.getMonthValue() * 100 + day.getDayOfMonth());
  }
}
