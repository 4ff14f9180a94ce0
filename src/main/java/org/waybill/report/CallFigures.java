package org.waybill.report;

import org.jspecify.annotations.Nullable;

/**
 * How many calls of a group there were, and what came of them.
 *
 * @param value of the group, as the database has it; empty for CDRs that have none
 * @param seconds answered ones
 * @param effective calls for which the network did its part (ITU-T E.425)
 */
public record CallFigures(
    CallGroup by, String value, long calls, long answered, long seconds, long effective) {

  /** Nothing yet. */
  static CallFigures none(CallGroup by) {
    return new CallFigures(by, "", 0, 0, 0, 0);
  }

  CallFigures plus(CallFigures other) {
    return new CallFigures(
        by,
        value,
        calls + other.calls,
        answered + other.answered,
        seconds + other.seconds,
        effective + other.effective);
  }

  /** Null where the CDRs have none. */
  public @Nullable String group() {
    return by.label(value);
  }

  /** Answer seizure ratio, 0 to 1 (ITU-T E.411); 0 without calls. */
  public double asr() {
    return ratio(answered, calls);
  }

  /** Average call duration: seconds of an answered call; 0 without one. */
  public double acd() {
    return ratio(seconds, answered);
  }

  /** Answered seconds of a call, whether it was answered or not; 0 without calls. */
  public double secondsPerCall() {
    return ratio(seconds, calls);
  }

  /** Network effectiveness ratio, 0 to 1 (ITU-T E.425); 0 without calls. */
  public double ner() {
    return ratio(effective, calls);
  }

  private static double ratio(long part, long whole) {
    return whole == 0 ? 0 : (double) part / whole;
  }
}
