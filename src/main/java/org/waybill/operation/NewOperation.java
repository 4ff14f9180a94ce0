package org.waybill.operation;

import org.jspecify.annotations.Nullable;

/**
 * What an operator wants done.
 *
 * @param kind name of an {@link OperationKind}
 * @param filter JSON in that kind's words
 * @param limit only so many, the first in their order: to try a few; null for all that match
 * @param ratePerSecond items a second at the most; null for as fast as it goes
 */
public record NewOperation(
    String kind,
    String filter,
    @Nullable Integer limit,
    @Nullable Integer ratePerSecond,
    String by,
    @Nullable String reason) {
  public NewOperation {
    if (ratePerSecond != null && ratePerSecond < 1) {
      throw new IllegalArgumentException("No rate: " + ratePerSecond);
    }
    if (limit != null && limit < 1) {
      throw new IllegalArgumentException("No limit: " + limit);
    }
  }

  /** Of all that match. */
  public NewOperation(
      String kind,
      String filter,
      @Nullable Integer ratePerSecond,
      String by,
      @Nullable String reason) {
    this(kind, filter, null, ratePerSecond, by, reason);
  }
}
