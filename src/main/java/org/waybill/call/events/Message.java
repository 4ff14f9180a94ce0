package org.waybill.call.events;

import org.jspecify.annotations.Nullable;

/**
 * A message of the broker, as it came.
 *
 * @param routingKey the event's type, as the exchange is used
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
record Message(byte[] body, @Nullable String contentType, String routingKey) {}
