package org.waybill.cdr;

import java.util.List;
import java.util.stream.Collectors;

/**
 * What is counted of a CDR, in SQL over {@code normalized_cdrs}: the same words for sums, for what
 * is in no sum yet, and for a check of both.
 *
 * <p>ASR, ACD and NER follow ITU-T E.411 and E.425. A call is effective for NER when the network
 * did its part: it was answered, or it reached a user that was busy, did not answer, was absent or
 * refused (Q.850 causes 16 to 21), or the caller gave up before.
 */
public final class Counted {
  /** By their Q.850 numbers, by FreeSWITCH's names of these, and by the words of other sources. */
  static final List<String> EFFECTIVE_CAUSES =
      List.of(
          "16",
          "17",
          "18",
          "19",
          "20",
          "21",
          "487",
          "NORMAL_CLEARING",
          "USER_BUSY",
          "NO_USER_RESPONSE",
          "NO_ANSWER",
          "SUBSCRIBER_ABSENT",
          "CALL_REJECTED",
          "ORIGINATOR_CANCEL",
          "BUSY",
          "NOANSWER",
          "REJECTED",
          "DECLINED",
          "CANCEL",
          "CANCELLED");

  /** A call is answered when it has answered seconds. */
  public static final String ANSWERED = "COALESCE(billsec > 0, 0)";

  /** A billsec below 0 is a mistake of a source and takes nothing away from others. */
  public static final String SECONDS = "GREATEST(COALESCE(billsec, 0), 0)";

  public static final String EFFECTIVE =
      "(COALESCE(billsec > 0, 0) OR UPPER(COALESCE(hangup_cause, '')) IN ("
          + EFFECTIVE_CAUSES.stream()
              .map(cause -> "'" + cause + "'")
              .collect(Collectors.joining(","))
          + "))";

  private Counted() {}

  /** Condition on {@code id} and {@code TableSuffix} for any of some ranges, one at least. */
  public static String within(List<IdRange> ranges) {
    Days days = ranges.stream().map(IdRange::days).reduce(Days::and).orElseThrow();
    return ranges.stream()
        .map(Counted::within)
        .collect(
            Collectors.joining(
                " OR ",
                "(",
                ") AND TableSuffix BETWEEN '%s' AND '%s'".formatted(days.first(), days.last())));
  }

  private static String within(IdRange range) {
    String between = "id BETWEEN " + range.first() + " AND " + range.last();
    return range.isDense()
        ? between
        : "(%s AND (id - %d) %% %d = 0)".formatted(between, range.first(), range.step());
  }
}
