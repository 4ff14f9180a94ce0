package org.waybill.dispatch;

/**
 * The right to send what is in a queue.
 *
 * @param epoch grows with each owner: a late owner's writes meet another number
 */
record Lease(int queue, long epoch) {}
