package org.waybill.call.feed;

import org.jspecify.annotations.Nullable;

/**
 * An item of a feed.
 *
 * @param callId which call it is a piece of; null for an operator
 * @param operatorId an operator whom it does not name, so that the feed of operators has to
 * @param unfinished whether it says that it lasts, so that it will be another one later
 * @param body as the platform gave it
 */
record Piece(
    Feed feed,
    long id,
    @Nullable Long callId,
    @Nullable Long operatorId,
    boolean unfinished,
    String body) {}
