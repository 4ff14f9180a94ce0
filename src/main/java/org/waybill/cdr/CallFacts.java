package org.waybill.cdr;

import org.jspecify.annotations.Nullable;

/**
 * What operators search and count calls by, taken out of a CDR's variables into columns of their
 * own. A value that does not fit its column is cut, or left out where a cut one would mean
 * something else: the document itself keeps it whole.
 *
 * @param billsec answered seconds; a call is answered when it is above 0
 * @param operatorName who took or made the call, else that one's id
 */
public record CallFacts(
    @Nullable String callingNumber,
    @Nullable String calledNumber,
    @Nullable String direction,
    @Nullable String hangupCause,
    @Nullable Integer billsec,
    @Nullable String operatorName) {
  private static final int NUMBER_LENGTH = 64;
  private static final int DIRECTION_LENGTH = 16;
  private static final int CAUSE_LENGTH = 64;
  private static final int OPERATOR_LENGTH = 64;

  public static CallFacts of(Cdr cdr) {
    return new CallFacts(
        cut(cdr.variable("caller_id_number"), NUMBER_LENGTH),
        cut(cdr.variable("destination_number"), NUMBER_LENGTH),
        cut(cdr.variable("call_direction"), DIRECTION_LENGTH),
        cut(cdr.variable("hangup_cause"), CAUSE_LENGTH),
        seconds(cdr.variable("billsec")),
        operator(cdr));
  }

  /** 0 for a call that was not answered. */
  public int answeredSeconds() {
    return billsec == null ? 0 : Math.max(0, billsec);
  }

  private static @Nullable String operator(Cdr cdr) {
    String name = cut(cdr.variable("operator_name"), OPERATOR_LENGTH);
    return name == null ? cut(cdr.variable("operator_id"), OPERATOR_LENGTH) : name;
  }

  /** Counts code points, as the database does, so that no pair of surrogates is torn. */
  private static @Nullable String cut(@Nullable String text, int length) {
    if (text == null || text.isBlank()) {
      return null;
    }
    String trimmed = text.strip();
    return trimmed.codePointCount(0, trimmed.length()) <= length
        ? trimmed
        : trimmed.substring(0, trimmed.offsetByCodePoints(0, length));
  }

  private static @Nullable Integer seconds(@Nullable String text) {
    if (text == null) {
      return null;
    }
    try {
      return Integer.valueOf(text.strip());
    } catch (NumberFormatException e) {
      return null;
    }
  }
}
