package org.waybill.call.events;

import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.waybill.normalize.ValueDigest;

/**
 * Something that happened to a call.
 *
 * @param type as it stands in the event
 * @param at null where the event does not say
 * @param said only what says something
 */
record CallEvent(
    String type,
    String callId,
    @Nullable Instant at,
    Map<EventField, String> said,
    Message message) {
  CallEvent {
    said = Map.copyOf(said);
  }

  EventKind kind() {
    return EventKind.ofType(type);
  }

  @Nullable String said(EventField field) {
    return said.get(field);
  }

  /** SHA-256 of its type, call and body: what makes it this event and no other. */
  byte[] hash() {
    ValueDigest digest = new ValueDigest();
    digest.add(type);
    digest.add(callId);
    digest.add(message.body());
    return digest.bytes();
  }
}
