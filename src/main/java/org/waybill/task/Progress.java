package org.waybill.task;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * How far a delivery has got.
 *
 * @param bound sent once: it stays with its gateway
 * @param sends attempts recorded so far
 * @param failures attempts used on the present schedule
 * @param failuresBefore those used before re-runs
 * @param blamed status of the last answer that blamed the gateway, 0 when that was no HTTP answer
 * @param blamedAt when that was
 */
public record Progress(
    boolean bound,
    int sends,
    int failures,
    int failuresBefore,
    @Nullable Integer blamed,
    @Nullable Instant blamedAt) {

  public static final Progress NONE = new Progress(false, 0, 0, 0, null, null);

  /** All its failures ever: what {@code tasks.retry} counts. */
  public int allFailures() {
    return failures + failuresBefore;
  }

  /** After a send that used an attempt up. */
  public Progress failed() {
    return new Progress(true, sends + 1, failures + 1, failuresBefore, null, null);
  }

  /** The next attempt's number is left to a send that may be under way and counts no more. */
  public Progress leavingOne() {
    return new Progress(bound, sends + 1, failures, failuresBefore, blamed, blamedAt);
  }

  /**
   * After a send in a batch, which has a schedule of its own.
   *
   * @param batch how far the batch has got with this send
   * @param failed whether the send used an attempt up
   */
  public Progress inBatch(Progress batch, boolean failed) {
    int all = allFailures() + (failed ? 1 : 0);
    int before = Math.max(0, all - batch.failures());
    return new Progress(
        true, sends + 1, batch.failures(), before, batch.blamed(), batch.blamedAt());
  }

  /** After a send whose answer blamed the gateway: no attempt is used. */
  public Progress blaming(int status, Instant at) {
    return new Progress(true, sends + 1, failures, failuresBefore, status, at);
  }
}
