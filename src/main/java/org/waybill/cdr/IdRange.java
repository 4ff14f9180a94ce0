package org.waybill.cdr;

/**
 * CDRs that were inserted together: their ids go up by the same step.
 *
 * @param days the span of days that they are kept under
 */
public record IdRange(long first, long last, int step, Days days) {
  /** Each id between is one of them. */
  boolean isDense() {
    return step == 1;
  }

  /** Whether the other one goes on where this one ends, with no id between them. */
  boolean isContinuedBy(IdRange next) {
    return isDense() && next.isDense() && next.first == last + 1;
  }

  IdRange and(IdRange next) {
    return new IdRange(first, next.last, step, days.and(next.days));
  }

  long ids() {
    return (last - first) / step + 1;
  }
}
