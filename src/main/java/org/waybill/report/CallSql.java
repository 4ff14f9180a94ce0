package org.waybill.report;

import java.util.ArrayList;
import java.util.List;
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
    SELECT g, SUM(calls) AS calls, SUM(answered) AS answered, SUM(seconds) AS seconds,
      SUM(effective) AS effective
      FROM (%s) parts GROUP BY g HAVING SUM(calls) > 0
    """
        .formatted(String.join(" UNION ALL ", parts));
  }

  private String sums(Part part) {
    Integer side = question.by().side();
    String table =
        side == null ? "call_sums WHERE span = " + part.span() : "number_sums WHERE side = " + side;
    return """
    SELECT %s AS g, SUM(calls) AS calls, SUM(answered) AS answered, SUM(seconds) AS seconds,
      SUM(effective) AS effective
      FROM %s AND begins >= %d AND begins < %d%s GROUP BY g
    """
        .formatted(question.by().ofSum(), table, part.from(), part.to(), organization);
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
