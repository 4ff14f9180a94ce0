package org.waybill.cdr;

import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.ResolverStyle;

/**
 * The day that a CDR is kept under: the UTC day of its start, written YYYYMMDD.
 *
 * @param day that day
 */
public record TableSuffix(LocalDate day) implements Comparable<TableSuffix> {
  private static final DateTimeFormatter FORMAT =
      DateTimeFormatter.ofPattern("uuuuMMdd").withResolverStyle(ResolverStyle.STRICT);

  /**
   * @throws java.time.DateTimeException when the text is not eight digits that name a real day
   */
  public static TableSuffix parse(String text) {
    return new TableSuffix(LocalDate.parse(text, FORMAT));
  }

  public static TableSuffix ofEpochSecond(long epochSecond) {
    return new TableSuffix(LocalDate.ofInstant(Instant.ofEpochSecond(epochSecond), ZoneOffset.UTC));
  }

  @Override
  public int compareTo(TableSuffix other) {
    return day.compareTo(other.day);
  }

  @Override
  public String toString() {
    return FORMAT.format(day);
  }
}
