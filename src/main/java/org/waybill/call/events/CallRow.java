package org.waybill.call.events;

import java.time.Duration;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What the row of a call remembers, beside what follows from its events.
 *
 * @param rmOrgId whose it is; null while nobody knows
 * @param revision how many different events there are
 * @param uuid of its CDR, once that is stored
 */
record CallRow(
    String callId,
    @Nullable String tenant,
    @Nullable Integer rmOrgId,
    boolean handedOver,
    Timeline timeline,
    int revision,
    @Nullable UUID uuid,
    @Nullable Long rejectedId,
    int tries) {

  /**
   * When what is known of it came here.
   *
   * @param first arrival of its first event
   * @param end arrival of its first end
   * @param timedOut when it was given up
   */
  record Timeline(Instant first, @Nullable Instant end, @Nullable Instant timedOut) {
    /** When it is handed over, or given up. */
    Instant due(Patience patience, Instant now) {
      Instant due = timedOut == null ? first.plus(patience.maxAge()) : now;
      if (end != null) {
        due = end.plus(patience.grace());
      }
      return due.isBefore(now) ? now : due;
    }

    boolean isOver(Patience patience, Instant now) {
      return end == null && (timedOut != null || !first.plus(patience.maxAge()).isAfter(now));
    }
  }

  /**
   * How long calls are waited for.
   *
   * @param grace for late events after an end
   * @param maxAge for an end
   */
  record Patience(Duration grace, Duration maxAge) {}
}
