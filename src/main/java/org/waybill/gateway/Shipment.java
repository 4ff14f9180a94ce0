package org.waybill.gateway;

/**
 * What one HTTP request carries.
 *
 * @param idempotencyKey names the delivery; the same over retries and re-runs
 * @param attempt counts the sends of this delivery, from 1
 * @param body JSON
 */
// The array is built for this one request and handed on; copying it would cost and protect nobody.
@SuppressWarnings("ArrayRecordComponent")
public record Shipment(String idempotencyKey, int attempt, byte[] body) {}
