package org.waybill.gateway;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * What became of one send, and so what happens to the delivery. Reasons are single sentences for
 * {@code tasks_error}; they never contain credentials.
 */
public sealed interface Verdict {

  /** The gateway has it. */
  record Delivered(int status) implements Verdict {}

  /**
   * It may work later: an attempt is used, and the delivery waits for its next turn.
   *
   * @param status the gateway's answer, or null when none came: no connection, or a timeout
   * @param retryAfter how long the gateway asks to be left alone, at most an hour
   * @param responseHead first characters of the answer
   */
  record Transient(
      String reason, @Nullable Integer status, @Nullable Duration retryAfter, String responseHead)
      implements Verdict {
    /** No connection, or no complete answer in time. */
    public boolean unanswered() {
      return status == null;
    }
  }

  /** The gateway's address or credentials are wrong: no delivery's fault, so no attempt is used. */
  record Misconfigured(String reason, @Nullable Integer status, String responseHead)
      implements Verdict {}

  /** The gateway will never take this delivery. */
  record Refused(String reason, @Nullable Integer status, String responseHead) implements Verdict {}
}
