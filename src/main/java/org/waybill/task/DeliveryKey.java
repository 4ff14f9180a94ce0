package org.waybill.task;

/**
 * Names a delivery for ever.
 *
 * @param taskId {@code tasks.id}
 * @param item from 0
 */
public record DeliveryKey(long taskId, DeliveryKind kind, int item) {
  /** What a gateway recognizes a repeat by: the same over retries and re-runs. */
  public String idempotencyKey(int payloadVersion) {
    String key = taskId + "-" + kind.word() + "-" + item;
    return payloadVersion > 1 ? key + "-v" + payloadVersion : key;
  }
}
