package org.waybill.call.events;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * An event as it came.
 *
 * @param id in the order of arrival
 * @param at as it says
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
public record KeptEvent(
    long id,
    String type,
    @Nullable Instant at,
    Instant receivedAt,
    @Nullable String contentType,
    String routingKey,
    byte[] body) {}
