package org.waybill.operation;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * An operation as people see it.
 *
 * @param filter JSON in the words of the query
 * @param total how many items matched at the start; some may be left out, when they do not match
 *     any more as their turn comes
 * @param totalIsLeast whether counting was broken off then, so that there were more
 * @param limit so many items at the most; null for all that match
 * @param ratePerSecond items a second at the most; null for as fast as it goes
 * @param achievedPerSecond items a second of late, while it works
 * @param problem why it failed, and what to do
 */
public record Operation(
    long id,
    String kind,
    OperationState state,
    String filter,
    long total,
    boolean totalIsLeast,
    Progress progress,
    @Nullable Integer limit,
    @Nullable Integer ratePerSecond,
    @Nullable Double achievedPerSecond,
    String by,
    @Nullable String reason,
    @Nullable String problem,
    Instant startedAt,
    @Nullable Instant finishedAt) {

  /**
   * How many items were worked on, and what came of them.
   *
   * @param unchanged of those that succeeded: there was nothing to do
   */
  public record Progress(long processed, long succeeded, long unchanged, long failed) {
    /** Of a kind that changes each. */
    public Progress(long processed, long succeeded, long failed) {
      this(processed, succeeded, 0, failed);
    }
  }
}
