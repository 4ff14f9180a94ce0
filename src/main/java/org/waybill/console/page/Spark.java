package org.waybill.console.page;

import java.util.Collections;
import java.util.List;
import java.util.Locale;
import org.waybill.report.ErrorGroup.Trend;

/** A trend as a line of bars no higher than the text beside it, and in words. */
record Spark(Trend trend) {
  static final int HEIGHT = 22;

  private static final int STEP = 4;
  private static final int BAR = 3;

  int width() {
    return trend.hours().size() * STEP;
  }

  /** A bar an hour, as SVG; an hour in which anything failed is seen, however few it were. */
  String path() {
    List<Long> hours = trend.hours();
    long most = Math.max(1, Collections.max(hours));
    StringBuilder path = new StringBuilder();
    for (int i = 0; i < hours.size(); i++) {
      long some = hours.get(i);
      if (some > 0) {
        double height = Math.max(2, (double) HEIGHT * some / most);
        path.append(
            String.format(
                Locale.ROOT, "M%d %dv-%.1fh%dv%.1fz", i * STEP, HEIGHT, height, BAR, height));
      }
    }
    return path.toString();
  }

  String lastHour() {
    return Show.number(trend.minutes().stream().mapToLong(Long::longValue).sum());
  }

  String lastDay() {
    return Show.number(trend.hours().stream().mapToLong(Long::longValue).sum());
  }
}
