package org.waybill.ledger;

/**
 * What a transaction counted on a page.
 *
 * @param taskType empty but for tasks
 * @param seconds answered ones
 */
public record Entry(Page page, Account account, String taskType, long count, long seconds) {}
