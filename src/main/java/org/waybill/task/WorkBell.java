package org.waybill.task;

import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Rung on this node after a commit that may have brought work, so that a delivery need not wait for
 * the next poll. Never needed for correctness: other nodes' commits are found by polling.
 */
@ApplicationScoped
public class WorkBell {
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition rung = lock.newCondition();
  private long rings;

  /** Tells whoever waits that there may be work; call it after the commit, never before. */
  public void ring() {
    lock.lock();
    try {
      rings++;
      rung.signalAll();
    } finally {
      lock.unlock();
    }
  }

  /** How often it has rung: read before looking for work, so that no ring is missed. */
  public long rings() {
    lock.lock();
    try {
      return rings;
    } finally {
      lock.unlock();
    }
  }

  /**
   * Waits until it rings again, or no longer than the given time.
   *
   * @param heard what {@link #rings} was before the caller looked for work
   */
  public void await(long heard, Duration longest) throws InterruptedException {
    lock.lock();
    try {
      long left = longest.toNanos();
      while (rings == heard && left > 0) {
        left = rung.awaitNanos(left);
      }
    } finally {
      lock.unlock();
    }
  }
}
