package org.waybill.cdr;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What is stored, by its days, and when they leave. Rows and bytes are the database's estimates.
 *
 * @param at when it was asked
 * @param kept the retention time
 * @param spans those that hold something, the newest first
 * @param empty partitions that hold nothing, most of them for days to come
 * @param otherBytes of all that does not belong to a day: keys, queues, books, sums
 */
public record Usage(Instant at, Duration kept, List<Span> spans, int empty, long otherBytes) {
  private static final int DAYS_OF_GROWTH = 7;

  /**
   * What a table holds.
   *
   * @param rows as the database guesses them
   */
  public record Size(long rows, long dataBytes, long indexBytes) {
    static final Size NONE = new Size(0, 0, 0);

    public long bytes() {
      return dataBytes + indexBytes;
    }

    Size plus(Size other) {
      return new Size(
          rows + other.rows, dataBytes + other.dataBytes, indexBytes + other.indexBytes);
    }
  }

  /**
   * The days of one partition: one day, or old ones together, which leave each for itself.
   *
   * @param from null: since ever
   * @param until the day after the last; null: for ever
   * @param tables what each of the tables holds of them, by its name
   * @param leaves when a single day is taken away; earlier than now where it is due
   * @param certain whether that counts from the newest CDR as it came; else from the day's end
   * @param undone tasks that wait or failed and keep a day that is due, counted up to {@link
   *     Departures#COUNTED}
   */
  public record Span(
      @Nullable LocalDate from,
      @Nullable LocalDate until,
      Map<String, Size> tables,
      @Nullable Instant leaves,
      boolean certain,
      int undone) {
    public boolean isDay() {
      return from != null && from.plusDays(1).equals(until);
    }

    /** Of the CDRs themselves. */
    public long cdrs() {
      return of(DayTable.NORMALIZED_CDRS.table()).rows();
    }

    public Size of(String table) {
      return tables.getOrDefault(table, Size.NONE);
    }

    public Size all() {
      return tables.values().stream().reduce(Size.NONE, Size::plus);
    }
  }

  public long bytes() {
    return otherBytes + spans.stream().mapToLong(span -> span.all().bytes()).sum();
  }

  /** Bytes a day by which it grew: the mean of those of the last seven that hold something. */
  public Optional<Long> growth() {
    LocalDate today = LocalDate.ofInstant(at, ZoneOffset.UTC);
    List<Span> full =
        spans.stream().filter(Span::isDay).filter(span -> isLately(span.from(), today)).toList();
    return full.isEmpty()
        ? Optional.empty()
        : Optional.of(full.stream().mapToLong(span -> span.all().bytes()).sum() / full.size());
  }

  private static boolean isLately(@Nullable LocalDate day, LocalDate today) {
    return day != null && day.isBefore(today) && !day.isBefore(today.minusDays(DAYS_OF_GROWTH));
  }
}
