package org.waybill.task;

import java.util.Locale;

/** How soon work is wanted. The order of the constants is the order of service. */
public enum Priority {
  HIGH,
  MEDIUM,
  LOW;

  /** As documents and the database spell it: {@code low}, {@code medium}, {@code high}. */
  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }

  /**
   * @throws IllegalArgumentException for any other word
   */
  public static Priority ofWord(String word) {
    for (Priority priority : values()) {
      if (priority.word().equals(word)) {
        return priority;
      }
    }
    throw new IllegalArgumentException(
        "A priority is low, medium or high, but this is '" + word + "'.");
  }
}
