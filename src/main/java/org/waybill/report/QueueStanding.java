package org.waybill.report;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * How the queue of a gateway stands.
 *
 * @param circuit closed, open or half_open
 * @param nextProbe when one is let through, where the circuit is open
 * @param backlog deliveries that wait, counted up to {@link #COUNTED}
 * @param oldest when the oldest of them came
 * @param owner node that drives the queue now
 * @param inFlight sends under way there, some seconds ago
 */
public record QueueStanding(
    String circuit,
    @Nullable Instant circuitSince,
    @Nullable Instant nextProbe,
    @Nullable String circuitReason,
    int backlog,
    @Nullable Instant oldest,
    @Nullable Integer owner,
    int inFlight) {
  /** A backlog beyond this is not worth the time to count it. */
  public static final int COUNTED = 100_000;
}
