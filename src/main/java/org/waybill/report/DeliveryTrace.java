package org.waybill.report;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.waybill.task.DeliveryKey;
import org.waybill.task.Priority;

/**
 * One thing that a task sends, how far it has got, and every send of it in order.
 *
 * @param payloadVersion of what it sends now; above 1 after its CDR was made anew
 * @param gateway where it goes or went, 0 while there is none
 * @param dueAt when it is sent next, where it waits
 */
public record DeliveryTrace(
    DeliveryKey key,
    Priority priority,
    State state,
    int payloadVersion,
    int gateway,
    @Nullable Instant dueAt,
    List<SendTrace> attempts) {

  /** How far. */
  public enum State {
    WAITING,
    DELIVERED,
    FAILED,
    CANCELLED
  }

  /**
   * One send.
   *
   * @param payloadVersion of what was sent; above 1 after an amendment
   * @param outcome delivered, retry, misconfigured or failed
   * @param error one sentence; null when delivered
   */
  public record SendTrace(
      int number,
      int payloadVersion,
      int gateway,
      int node,
      Instant startedAt,
      int durationMillis,
      String outcome,
      @Nullable Integer status,
      @Nullable String error,
      @Nullable String responseHead) {}
}
