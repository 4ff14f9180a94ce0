package org.waybill.collect.smdr;

import java.time.Duration;
import java.util.Collection;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/** Whether the server stops, and how long what is under way may still take. */
final class Stop {
  /** What an attempt that is begun may still take while the database hangs. */
  private static final Duration ATTEMPT = Duration.ofSeconds(11);

  private final CountDownLatch asked = new CountDownLatch(1);
  private final Duration grace;
  private volatile long over = Long.MAX_VALUE;

  Stop(Duration grace) {
    this.grace = grace;
  }

  void ask() {
    over = System.nanoTime() + grace.toNanos();
    asked.countDown();
  }

  boolean isAsked() {
    return asked.getCount() == 0;
  }

  /** Whether it was asked for so long ago that nothing may be waited for. */
  boolean isOver() {
    return isAsked() && System.nanoTime() - over >= 0;
  }

  /** Waits for threads that know of the stop, a little longer than they may wait themselves. */
  void join(Collection<Thread> threads) throws InterruptedException {
    long end = over + ATTEMPT.toNanos();
    for (Thread thread : threads) {
      thread.join(Math.max(1, Duration.ofNanos(end - System.nanoTime()).toMillis()));
    }
  }

  /**
   * Waits for its turn.
   *
   * @return false when it did not come before all was over
   */
  boolean acquire(Semaphore turns) {
    try {
      while (!turns.tryAcquire(1, TimeUnit.SECONDS)) {
        if (isOver()) {
          return false;
        }
      }
      return true;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  /** Waits; when it is asked for meanwhile, no longer. */
  void pause(Duration duration) {
    try {
      if (asked.await(duration.toMillis(), TimeUnit.MILLISECONDS)) {
        // What is left of the stop is no reason to turn in circles.
        TimeUnit.MILLISECONDS.sleep(50);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
