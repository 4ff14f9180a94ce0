package org.waybill.call.feed;

import java.time.Clock;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.waybill.platform.Database;

/** What all loops of a platform work with. */
record FeedRoom(
    Database database,
    FeedLease lease,
    FeedStates states,
    FeedMetrics metrics,
    Clock clock,
    CountDownLatch stopped) {

  /** Returns how long to wait before the next one. */
  interface Turn {
    Duration take() throws InterruptedException;
  }

  /** One after the other until the server stops. */
  void takeTurns(Turn turn) {
    try {
      Duration pause = Duration.ZERO;
      while (!stopped.await(pause.toMillis(), TimeUnit.MILLISECONDS)) {
        pause = turn.take();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
