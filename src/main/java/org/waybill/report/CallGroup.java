package org.waybill.report;

import java.time.Instant;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** By what calls are counted. Hours and days are those of UTC in which they began. */
public enum CallGroup {
  HOUR("hour", "start_epoch - start_epoch % 3600", "begins", true),
  DAY("day", "start_epoch - start_epoch % 86400", "begins - begins % 86400", true),
  ORG("org", "rmOrgID", "rmOrgID", true),
  DIRECTION("direction", "COALESCE(direction, '')", "direction", false),
  HANGUP_CAUSE("hangupCause", "COALESCE(hangup_cause, '')", "hangup_cause", false),
  CALLING_NUMBER("callingNumber", "COALESCE(calling_number, '')", "number", false),
  CALLED_NUMBER("calledNumber", "COALESCE(called_number, '')", "number", false),
  OPERATOR("operator", "COALESCE(operator_name, '')", "operator_name", false);

  private static final long DAY_SECONDS = 86_400;

  private final String word;
  private final String ofCdr;
  private final String ofSum;
  private final boolean numeric;

  CallGroup(String word, String ofCdr, String ofSum, boolean numeric) {
    this.word = word;
    this.ofCdr = ofCdr;
    this.ofSum = ofSum;
    this.numeric = numeric;
  }

  /** As {@code groupBy=} has it. */
  public String word() {
    return word;
  }

  public static Set<String> words() {
    return Arrays.stream(values()).map(CallGroup::word).collect(Collectors.toSet());
  }

  /**
   * @throws IllegalArgumentException when it is none
   */
  public static CallGroup ofWord(String word) {
    return Arrays.stream(values())
        .filter(group -> group.word.equals(word))
        .findFirst()
        .orElseThrow(() -> new IllegalArgumentException(word));
  }

  /** Expression on {@code normalized_cdrs}. */
  String ofCdr() {
    return ofCdr;
  }

  /** The same on the table of its sums. */
  String ofSum() {
    return ofSum;
  }

  boolean isNumeric() {
    return numeric;
  }

  /**
   * @throws IllegalArgumentException when it is no value of a group of this kind
   */
  public void check(String value) {
    if (numeric) {
      Long.parseLong(value);
    }
  }

  /** As {@code call_overall.kind} has it; null where that table does not tell it. */
  @Nullable String overall() {
    return switch (this) {
      case HOUR, DAY -> "all";
      case DIRECTION -> "direction";
      case HANGUP_CAUSE -> "cause";
      case OPERATOR -> "operator";
      case ORG, CALLING_NUMBER, CALLED_NUMBER -> null;
    };
  }

  /** Whether the totals of organizations tell it, without what the calls were like. */
  boolean isOfTotals() {
    return isTime() || this == ORG;
  }

  /** In order of time; the others have those with the most calls first. */
  boolean isTime() {
    return this == HOUR || this == DAY;
  }

  /** There are as many groups as there are numbers, so that it takes time to count them. */
  public boolean isOfNumbers() {
    return side() != null;
  }

  /** Which of the two numbers is meant, as {@code number_sums.side} has it; else null. */
  @Nullable Integer side() {
    return switch (this) {
      case CALLING_NUMBER -> 0;
      case CALLED_NUMBER -> 1;
      default -> null;
    };
  }

  /** How people read a value; null where the CDRs have none. */
  @Nullable String label(String value) {
    if (value.isEmpty()) {
      return null;
    }
    return switch (this) {
      case HOUR -> Instant.ofEpochSecond(Long.parseLong(value)).toString();
      case DAY -> LocalDate.ofEpochDay(Long.parseLong(value) / DAY_SECONDS).toString();
      default -> value;
    };
  }
}
