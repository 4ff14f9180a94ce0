package org.waybill.report;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How the whole stands.
 *
 * @param lastReceived when the newest CDR arrived; null while there is none
 * @param failedTasks counted up to {@link #COUNTED}
 * @param now by the database's clock, which wrote the heartbeats
 */
public record Standing(
    @Nullable Instant lastReceived, int failedTasks, List<Node> nodes, Instant now) {
  /** More than this are not worth the time to count them. */
  public static final int COUNTED = 10_001;

  /**
   * A server of this installation.
   *
   * @param stoppedAt when it stopped cleanly; null while it runs or when it died
   */
  public record Node(
      int id, String name, Instant startedAt, Instant heartbeatAt, @Nullable Instant stoppedAt) {}
}
