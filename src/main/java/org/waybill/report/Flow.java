package org.waybill.report;

import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * What came in and what became of it, of late.
 *
 * @param points oldest first, of equal length and without a gap; the last one may not be over yet
 * @param total of the same time, up to this moment
 */
public record Flow(Span span, List<Point> points, Counts total) {

  /** How far back one looks, and how closely. */
  public enum Span {
    HOUR("1h", "last hour", 60, 60),
    DAY("24h", "last 24 hours", 900, 96),
    WEEK("7d", "last 7 days", 3_600, 168);

    private final String word;
    private final String label;
    private final int seconds;
    private final int points;

    Span(String word, String label, int seconds, int points) {
      this.word = word;
      this.label = label;
      this.seconds = seconds;
      this.points = points;
    }

    /** As {@code span=} has it. */
    public String word() {
      return word;
    }

    /** How people say it. */
    public String label() {
      return label;
    }

    public static Optional<Span> ofWord(String word) {
      return Arrays.stream(values()).filter(span -> span.word.equals(word)).findFirst();
    }

    /** Of a point. */
    int seconds() {
      return seconds;
    }

    int points() {
      return points;
    }

    /** Of the rows that points are made of. */
    int kept() {
      return this == WEEK ? 3_600 : 60;
    }
  }

  /** What is counted of documents and of tasks. */
  public record Counts(long received, long stored, long rejected, long delivered, long failed) {
    static final Counts NONE = new Counts(0, 0, 0, 0, 0);

    Counts plus(Counts other) {
      return new Counts(
          received + other.received,
          stored + other.stored,
          rejected + other.rejected,
          delivered + other.delivered,
          failed + other.failed);
    }
  }

  /**
   * A part of the time.
   *
   * @param seconds that it has lasted
   */
  public record Point(Instant begins, Counts counts, int seconds) {
    private static final double MINUTE = 60;

    /** On average. */
    public double perMinute(long count) {
      return count * MINUTE / seconds;
    }
  }
}
