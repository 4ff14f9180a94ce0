package org.waybill.report;

import java.util.ArrayList;
import java.util.List;

/**
 * A question's time, cut so that as much of it as possible is answered by sums: whole days, the
 * hours around them, and what is left at both ends.
 *
 * @param summed parts that sums answer, with what is not folded of the calls between
 * @param counted parts of no whole span, whose CDRs are counted
 */
record CallSpans(List<Part> summed, List<Part> counted) {
  private static final int HOUR = 3_600;
  private static final int DAY = 86_400;

  /** From a second (included) to another (not), by sums of so many seconds, 0 for none. */
  record Part(int span, long from, long to) {
    boolean isEmpty() {
      return from >= to;
    }
  }

  static CallSpans of(CallQuestion question) {
    int least = question.by().side() == null ? HOUR : DAY;
    long start = question.start();
    long end = question.end();
    long from = up(start, least);
    long to = end - end % least;
    if (from >= to) {
      return new CallSpans(List.of(), some(new Part(0, start, end)));
    }
    List<Part> counted = some(new Part(0, start, from), new Part(0, to, end));
    long day = up(from, DAY);
    long lastDay = to - to % DAY;
    if (question.by() == CallGroup.HOUR || day >= lastDay) {
      return new CallSpans(List.of(new Part(least, from, to)), counted);
    }
    return new CallSpans(
        some(new Part(HOUR, from, day), new Part(DAY, day, lastDay), new Part(HOUR, lastDay, to)),
        counted);
  }

  /** The time between the first and the last sum. */
  Part between() {
    return new Part(0, summed.get(0).from(), summed.get(summed.size() - 1).to());
  }

  private static List<Part> some(Part... parts) {
    List<Part> some = new ArrayList<>(List.of(parts));
    some.removeIf(Part::isEmpty);
    return some;
  }

  private static long up(long second, int span) {
    return Math.floorDiv(second + span - 1, span) * span;
  }
}
