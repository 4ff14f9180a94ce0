package org.waybill.task;

import java.util.Locale;

/** How soon work is wanted. The order of the constants is the order of service. */
public enum Priority {
  HIGH(0),
  MEDIUM(1),
  LOW(2);

  private final int lane;

  Priority(int lane) {
    this.lane = lane;
  }

  /** As {@code deliveries.lane} numbers it: lower is served first. */
  public int lane() {
    return lane;
  }

  /**
   * @throws IllegalArgumentException for a lane that is nobody's
   */
  public static Priority ofLane(int lane) {
    for (Priority priority : values()) {
      if (priority.lane == lane) {
        return priority;
      }
    }
    throw new IllegalArgumentException("No priority has lane " + lane + ".");
  }

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
