package org.waybill.report;

import java.util.Collections;
import java.util.SortedMap;
import org.jspecify.annotations.Nullable;

/**
 * How a gateway answered all nodes of late.
 *
 * @param lastMinute deliveries that were sent to it, whatever came of them
 * @param sends the same in {@link GatewayAnswers#SPAN}
 * @param delivered of those
 * @param answers how many took at most so many milliseconds and longer than the bound before
 */
public record AnswerFigures(
    long lastMinute, long sends, long delivered, SortedMap<Integer, Long> answers) {
  /** Of one that was sent nothing. */
  public static final AnswerFigures NONE = new AnswerFigures(0, 0, 0, Collections.emptySortedMap());

  /** The bound of the last bucket, which has none. */
  public static final int BEYOND = Integer.MAX_VALUE;

  private static final double SECONDS_A_MINUTE = 60;
  private static final double SLOW = 0.95;

  public double perSecond() {
    return lastMinute / SECONDS_A_MINUTE;
  }

  /** The part that was delivered, 0 to 1; null when nothing was sent. */
  public @Nullable Double success() {
    return sends == 0 ? null : (double) delivered / sends;
  }

  /**
   * Milliseconds within which 95 of 100 answers came, as exactly as the buckets tell: the bound of
   * one, or {@link #BEYOND}. Null when there was no answer.
   */
  public @Nullable Integer p95() {
    long all = answers.values().stream().mapToLong(Long::longValue).sum();
    long seen = 0;
    for (var bucket : answers.entrySet()) {
      seen += bucket.getValue();
      if (seen >= all * SLOW) {
        return bucket.getKey();
      }
    }
    return null;
  }
}
