package org.waybill.operation;

/**
 * A row of {@code operation_outcomes}.
 *
 * @param number from 1, in the order of work
 */
public record NumberedOutcome(long number, ItemOutcome outcome) {}
