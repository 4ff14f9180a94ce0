package org.waybill.call.events;

import java.time.Instant;

/**
 * An event as it is kept.
 *
 * @param id in the order of arrival
 */
record StoredEvent(long id, CallEvent event, Instant receivedAt) {
  /** When it happened: when it came, if it does not say. */
  Instant at() {
    Instant said = event.at();
    return said == null ? receivedAt : said;
  }
}
