package org.waybill.call;

import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.waybill.access.Caller;
import org.waybill.amend.Fence;
import org.waybill.collect.Arrived;

/**
 * All that is known of a call, as a document that a dialect reads. The same knowledge makes the
 * same bytes, and other knowledge others.
 *
 * @param source the dialect's name
 * @param caller as whom it is stored; bound to an organization where that is known
 * @param uuid of its CDR; null while nobody knows whose it is, and so what its uuid will be
 * @param body JSON
 * @param at when the newest piece of it arrived
 * @param fence whether this is still all that is known, asked when a stored CDR is changed
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
public record AssembledCall(
    String source, Caller caller, @Nullable UUID uuid, byte[] body, Instant at, Fence fence) {

  Arrived document() {
    return new Arrived(body, "application/json", null, source, caller, at);
  }
}
