package org.waybill.report;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.LongStream;
import org.jspecify.annotations.Nullable;
import org.waybill.cdr.Counted;
import org.waybill.cdr.IdRange;
import org.waybill.report.CallSpans.Part;

/**
 * The statement that answers a question: sums, and CDRs that are in none. All in it are numbers.
 */
final class CallSql {
  private static final String COUNTED =
      "COUNT(*) AS calls, SUM(%s) AS answered, SUM(%s) AS seconds, SUM(%s) AS effective"
          .formatted(Counted.ANSWERED, Counted.SECONDS, Counted.EFFECTIVE);

  private static final int MOST_NAMED = 1_000;

  private final CallQuestion question;
  private final String organization;

  CallSql(CallQuestion question) {
    this.question = question;
    this.organization = question.rmOrgId() == null ? "" : " AND rmOrgID = " + question.rmOrgId();
  }

  /**
   * Rows of g, calls, answered, seconds and effective, one a group.
   *
   * @param unfolded as the same snapshot has them
   */
  String groups(List<IdRange> unfolded) {
    CallSpans spans = CallSpans.of(question);
    List<String> parts = new ArrayList<>();
    spans.summed().forEach(part -> parts.add(sums(part)));
    spans.counted().forEach(part -> parts.add(cdrs(began(part))));
    if (!spans.summed().isEmpty() && !unfolded.isEmpty()) {
      parts.add(cdrs(Counted.within(unfolded) + " AND " + began(spans.between())));
    }
    if (parts.isEmpty()) {
      parts.add(cdrs("FALSE"));
    }
    return """
    SELECT %s g, SUM(calls) AS calls, SUM(answered) AS answered, SUM(seconds) AS seconds,
      SUM(effective) AS effective
      FROM (%s) parts GROUP BY g HAVING SUM(calls) > 0
    """
        .formatted(sorted(), String.join(" UNION ALL ", parts));
  }

  /** Numbers are too many to hold: sorting them, the database needs no table of all. */
  private String sorted() {
    return question.by().side() == null ? "" : "SQL_BIG_RESULT";
  }

  private String sums(Part part) {
    return """
    SELECT %s %s AS g, SUM(calls) AS calls, SUM(answered) AS answered, SUM(seconds) AS seconds,
      SUM(effective) AS effective
      FROM %s AND %s%s GROUP BY g
    """
        .formatted(sorted(), ofSum(), table(part), began(part.span(), part), organization);
  }

  private String ofSum() {
    CallGroup by = question.by();
    return overall() != null && !by.isTime() ? "value" : by.ofSum();
  }

  /** Which rows of {@code call_overall} tell it; null where one organization is asked for. */
  private @Nullable String overall() {
    return question.rmOrgId() == null ? question.by().overall() : null;
  }

  private String table(Part part) {
    Integer side = question.by().side();
    if (side != null) {
      return "number_sums WHERE side = " + side;
    }
    if (overall() != null) {
      return "call_overall WHERE kind = '" + overall() + "' AND span = " + part.span();
    }
    return (question.by().isOfTotals() ? "call_totals" : "call_sums")
        + " WHERE span = "
        + part.span();
  }

  /** Each for itself where one organization's are to be found among them by the key. */
  private String began(int span, Part part) {
    if (organization.isEmpty() || (part.to() - part.from()) / span > MOST_NAMED) {
      return "begins >= %d AND begins < %d".formatted(part.from(), part.to());
    }
    return LongStream.iterate(part.from(), begins -> begins < part.to(), begins -> begins + span)
        .mapToObj(String::valueOf)
        .collect(Collectors.joining(",", "begins IN (", ")"));
  }

  private String cdrs(String which) {
    return "SELECT %s AS g, %s FROM normalized_cdrs WHERE %s%s GROUP BY g"
        .formatted(question.by().ofCdr(), COUNTED, which, organization);
  }

  private static String began(Part part) {
    return "start_epoch >= %d AND start_epoch < %d AND TableSuffix BETWEEN '%s' AND '%s'"
        .formatted(
            part.from(), part.to(), CdrFilter.firstDay(part.from()), CdrFilter.lastDay(part.to()));
  }
}
