package org.waybill.task;

import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * One send of a delivery, as history keeps it.
 *
 * @param reason one sentence; null when delivered
 */
public record Attempt(
    Sent sent, Outcome outcome, @Nullable Integer status, @Nullable String reason, String head) {

  /** What an attempt came to. */
  public enum Outcome {
    DELIVERED,
    RETRY,
    MISCONFIGURED,
    FAILED,
    /** It was in a batch that was refused for something in it, and goes in half of that. */
    HALVED;

    /** As the database spells it. */
    public String word() {
      return name().toLowerCase(Locale.ROOT);
    }

    /** Whether it used an attempt up and so adds a line to the task's errors. */
    boolean isFailure() {
      return this == RETRY || this == FAILED;
    }
  }

  /**
   * When and by whom it was sent.
   *
   * @param number counts every send of the delivery, from 1
   */
  public record Sent(int number, int gateway, int node, Instant startedAt, Duration took) {
    Instant endedAt() {
      return startedAt.plus(took);
    }
  }
}
