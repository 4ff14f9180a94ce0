package org.waybill.call.feed;

import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.waybill.cdr.TableSuffix;

/**
 * What came of a call.
 *
 * @param due when it is looked at again; null: when more is learnt
 */
record SettledCall(
    DueCall call,
    CallState state,
    @Nullable Instant due,
    @Nullable UUID uuid,
    @Nullable TableSuffix day,
    @Nullable Long rejectedId) {
  static SettledCall waits(DueCall call, CallState state, @Nullable Instant due) {
    return new SettledCall(call, state, due, null, null, null);
  }
}
