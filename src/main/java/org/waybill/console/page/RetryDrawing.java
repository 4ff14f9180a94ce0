package org.waybill.console.page;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.waybill.dispatch.RetryForecast;

/**
 * A retry schedule as a picture: a line an attempt, time to the right by its logarithm, since a
 * schedule goes from seconds to days.
 *
 * @param height of the picture, whose width is {@link #WIDTH}
 */
record RetryDrawing(List<Bar> bars, List<Tick> ticks, int height) {
  static final int WIDTH = 800;
  static final int TOP = 24;
  private static final int LEFT = 92;
  private static final int RIGHT = 28;
  private static final int LINE = 20;
  private static final int LEAST_WIDTH = 3;
  private static final int BETWEEN_TICKS = 48;
  private static final List<Duration> TICKS =
      List.of(
          Duration.ofSeconds(1),
          Duration.ofSeconds(10),
          Duration.ofMinutes(1),
          Duration.ofMinutes(10),
          Duration.ofHours(1),
          Duration.ofHours(6),
          Duration.ofDays(1),
          Duration.ofDays(4),
          Duration.ofDays(14),
          Duration.ofDays(60),
          Duration.ofDays(365));

  /**
   * One attempt: from where to where it may come, and where it comes by the schedule.
   *
   * @param y of the upper edge
   */
  record Bar(int attempt, int y, int x, int width, int at) {}

  /** A line of the grid. */
  record Tick(int x, String label) {}

  static RetryDrawing of(RetryForecast forecast) {
    long longest = forecast.last().latest().toMillis();
    List<Bar> bars = new ArrayList<>();
    for (RetryForecast.Attempt attempt : forecast.attempts()) {
      int from = x(attempt.earliest().toMillis(), longest);
      int to = x(attempt.latest().toMillis(), longest);
      int y = TOP + bars.size() * LINE;
      int at = x(attempt.after().toMillis(), longest);
      bars.add(new Bar(attempt.number(), y, from, Math.max(LEAST_WIDTH, to - from), at));
    }
    return new RetryDrawing(bars, ticks(longest), TOP + bars.size() * LINE + LINE / 2);
  }

  private static List<Tick> ticks(long longest) {
    List<Tick> ticks = new ArrayList<>();
    int last = LEFT;
    for (Duration time : TICKS) {
      int x = x(time.toMillis(), longest);
      if (time.toMillis() <= longest && x - last >= BETWEEN_TICKS) {
        ticks.add(new Tick(x, label(time)));
        last = x;
      }
    }
    return ticks;
  }

  private static String label(Duration time) {
    if (time.toMinutes() == 0) {
      return time.toSeconds() + " s";
    }
    if (time.toHours() == 0) {
      return time.toMinutes() + " min";
    }
    return time.toDays() == 0 ? time.toHours() + " h" : time.toDays() + " d";
  }

  private static int x(long millis, long longest) {
    double whole = Math.log1p(longest / 1000.0);
    double part = whole == 0 ? 0 : Math.log1p(millis / 1000.0) / whole;
    return LEFT + (int) Math.round((WIDTH - LEFT - RIGHT) * part);
  }
}
