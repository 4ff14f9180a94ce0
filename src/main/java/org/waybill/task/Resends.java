package org.waybill.task;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** Puts what left the hot table back into a queue, on a fresh schedule. */
final class Resends {
  private final Gateways gateways;

  Resends(Gateways gateways) {
    this.gateways = gateways;
  }

  /** Where in its queue, and when. */
  record Turn(int lane, Instant dueAt) {}

  /**
   * @param past what history says of it; null when it was never sent
   */
  Delivery of(
      DeliveryKey key,
      Delivery.Origin origin,
      int payloadVersion,
      Attempts.@Nullable Past past,
      Turn turn) {
    int queue = queue(key, origin, past);
    Progress progress =
        past == null
            ? Progress.NONE
            : new Progress(
                queue == past.lastGateway(), past.sends(), 0, past.failures(), null, null);
    return new Delivery(
        key,
        new Place(queue, turn.lane(), turn.dueAt()),
        origin,
        payloadVersion,
        turn.dueAt(),
        progress);
  }

  /** It stays with the gateway that it was sent to, for as long as that one is in use. */
  private int queue(DeliveryKey key, Delivery.Origin origin, Attempts.@Nullable Past past) {
    AddressBook book = gateways.book();
    if (past != null && book.find(past.lastGateway()).filter(Gateway::active).isPresent()) {
      return past.lastGateway();
    }
    return book.route(origin.rmOrgId(), key.kind(), key.item());
  }
}
