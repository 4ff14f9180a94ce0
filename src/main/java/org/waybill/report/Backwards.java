package org.waybill.report;

import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/**
 * Looks for what no index finds: from new to old, in windows that grow while they are quick, for no
 * longer than a person waits. A page that was broken off says where to go on.
 */
final class Backwards {
  static final Duration LONGEST = Duration.ofMillis(60);

  private static final long FIRST = 1_000;
  private static final int GROWTH = 4;

  /** A window that takes less may be followed by a wider one without reaching {@link #LONGEST}. */
  private static final Duration QUICK = Duration.ofMillis(12);

  private final long longestNanos;

  Backwards(Duration longest) {
    this.longestNanos = longest.toNanos();
  }

  /** Reads what matches of a stretch, newest first. */
  @FunctionalInterface
  interface Window<T> {
    /**
     * @param from included
     * @param to not
     */
    List<T> read(long from, long to, int limit) throws SQLException;
  }

  /**
   * How a list runs.
   *
   * @param cursor of an item, where the page behind it begins
   * @param reached the cursor behind all from a number on
   */
  record Course<T>(Function<T, ?> cursor, Function<Long, ?> reached) {}

  /**
   * @param oldest the least there is
   * @param newest the number behind the greatest
   */
  <T> Found<T> page(long oldest, long newest, int limit, Course<T> course, Window<T> window)
      throws SQLException {
    List<T> found = new ArrayList<>();
    long began = System.nanoTime();
    long before = newest;
    long width = FIRST;
    while (before > oldest && found.size() <= limit) {
      long from = Math.max(oldest, before - width);
      long start = System.nanoTime();
      found.addAll(window.read(from, before, limit + 1 - found.size()));
      before = from;
      long now = System.nanoTime();
      if (now - began > longestNanos && before > oldest && found.size() <= limit) {
        return new Found<>(found, String.valueOf(course.reached().apply(before)));
      }
      width = now - start < QUICK.toNanos() ? width * GROWTH : width;
    }
    return Found.of(found, limit, course.cursor());
  }
}
