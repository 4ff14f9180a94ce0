package org.waybill.dispatch;

import java.time.Duration;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/** What the dispatching thread sleeps on. */
final class Wakeup {
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition woken = lock.newCondition();
  private boolean work;
  private boolean poked;

  /** A commit may have brought work. */
  void work() {
    lock.lock();
    try {
      work = true;
      woken.signal();
    } finally {
      lock.unlock();
    }
  }

  /** Something happened that lets a queue go on: a send has ended, or all shall end. */
  void poke() {
    lock.lock();
    try {
      poked = true;
      woken.signal();
    } finally {
      lock.unlock();
    }
  }

  /**
   * Sleeps until it is woken, or no longer than that.
   *
   * @return whether there may be new work
   */
  boolean await(Duration longest) throws InterruptedException {
    lock.lock();
    try {
      long left = longest.toNanos();
      while (!work && !poked && left > 0) {
        left = woken.awaitNanos(left);
      }
      boolean mayBe = work;
      work = false;
      poked = false;
      return mayBe;
    } finally {
      lock.unlock();
    }
  }
}
