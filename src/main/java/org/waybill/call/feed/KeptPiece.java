package org.waybill.call.feed;

import java.time.Instant;

/**
 * A piece of a polled call as the platform last gave it.
 *
 * @param feed the last part of its address: calls, call_events, connections
 * @param id its own in that feed
 * @param receivedAt when it first came
 */
public record KeptPiece(String feed, long id, Instant receivedAt, String body) {}
