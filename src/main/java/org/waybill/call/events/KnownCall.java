package org.waybill.call.events;

import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What is known of a call by now.
 *
 * @param id in the order in which calls became known
 * @param rmOrgId null while nobody knows whose it is
 * @param status STARTED, ANSWERED, COMPLETED, TIMED_OUT; null while only events of unknown types
 *     have come
 * @param duration seconds from start to end
 * @param events how many different ones there are
 * @param uuid of its CDR, once that is stored
 * @param rejectedId where it is kept when it could not become a CDR
 */
public record KnownCall(
    long id,
    String callId,
    @Nullable String tenant,
    @Nullable Integer rmOrgId,
    @Nullable String direction,
    @Nullable String callerNumber,
    @Nullable String calledNumber,
    @Nullable String userId,
    @Nullable Instant start,
    @Nullable Instant answer,
    @Nullable Instant end,
    @Nullable Long duration,
    @Nullable String status,
    @Nullable String disposition,
    @Nullable String hangupCause,
    @Nullable String recordingUri,
    Instant firstReceivedAt,
    @Nullable Instant timedOutAt,
    int events,
    @Nullable UUID uuid,
    @Nullable Long rejectedId) {}
