package org.waybill.console.page;

import java.util.List;
import java.util.Locale;
import java.util.function.ToLongFunction;
import org.waybill.report.Flow;

/**
 * A line of a chart of the flow.
 *
 * @param tone of its colour, as a token of the style names it
 * @param href where one sees of what it is made
 */
record Series(String label, String tone, String href, ToLongFunction<Flow.Counts> of) {
  static final List<Series> DOCUMENTS =
      List.of(
          new Series("Received", "accent", "/cdrs", Flow.Counts::received),
          new Series("Stored", "good", "/cdrs", Flow.Counts::stored),
          new Series("Rejected", "bad", "/rejected-cdrs?state=open", Flow.Counts::rejected));

  static final List<Series> TASKS =
      List.of(
          new Series("Delivered", "good", "/tasks?state=done", Flow.Counts::delivered),
          new Series("Failed", "bad", "/tasks?state=failed", Flow.Counts::failed));

  String total(Flow flow) {
    return Show.number(of.applyAsLong(flow.total()));
  }

  /** On average of a part of the time. */
  String perMinute(Flow.Point point) {
    double rate = point.perMinute(of.applyAsLong(point.counts()));
    return rate < 10 && rate != Math.rint(rate)
        ? String.format(Locale.ROOT, "%.1f", rate)
        : Show.number(Math.round(rate));
  }
}
