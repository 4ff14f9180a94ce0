package org.waybill.gateway;

import org.waybill.cdr.Cdr;
import org.waybill.task.DeliveryKey;
import org.waybill.task.NewTask;
import org.waybill.task.PlannedDelivery;
import org.waybill.task.Priority;

/**
 * All that is needed to send a delivery once.
 *
 * @param payloadVersion above 1 when an amendment changed what is sent
 * @param attempt counts the sends of this delivery, from 1
 * @param priority the delivery's own
 */
public record Consignment(
    DeliveryKey key, int payloadVersion, int attempt, Priority priority, Cdr cdr, NewTask task) {

  String idempotencyKey() {
    return key.idempotencyKey(payloadVersion);
  }

  PlannedDelivery planned() {
    return new PlannedDelivery(key.kind(), key.item(), priority);
  }
}
