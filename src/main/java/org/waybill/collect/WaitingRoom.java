package org.waybill.collect;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/** Where CDRs wait for the next commit: first come, first served, bounded in number and bytes. */
final class WaitingRoom {
  private final int maxCount;
  private final long maxBytes;
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition changed = lock.newCondition();
  private final Deque<Waiting> queue = new ArrayDeque<>();
  private long bytes;
  private boolean closed;

  WaitingRoom(int maxCount, long maxBytes) {
    this.maxCount = maxCount;
    this.maxBytes = maxBytes;
  }

  /** Lets one in, unless the room is full or closed. One alone may be of any size. */
  boolean enter(Waiting waiting) {
    long size = waiting.bytes();
    lock.lock();
    try {
      boolean full = queue.size() >= maxCount || (bytes + size > maxBytes && !queue.isEmpty());
      if (closed || full) {
        return false;
      }
      queue.add(waiting);
      bytes += size;
      changed.signal();
      return true;
    } finally {
      lock.unlock();
    }
  }

  /**
   * Waits for someone to enter, then takes all who fit into a group, at least one. Those who gave
   * up are let go.
   *
   * @return nobody, when the room is closed and empty
   */
  List<Waiting> takeGroup(int groupCount, long groupBytes) throws InterruptedException {
    lock.lockInterruptibly();
    try {
      List<Waiting> group = new ArrayList<>();
      while (group.isEmpty()) {
        while (queue.isEmpty() && !closed) {
          changed.await();
        }
        if (queue.isEmpty()) {
          return group;
        }
        fill(group, groupCount, groupBytes);
      }
      return group;
    } finally {
      lock.unlock();
    }
  }

  private void fill(List<Waiting> group, int groupCount, long groupBytes) {
    long taken = 0;
    for (Waiting next = queue.peek(); next != null; next = queue.peek()) {
      long size = next.bytes();
      if (group.size() == groupCount || (taken + size > groupBytes && !group.isEmpty())) {
        return;
      }
      queue.remove();
      bytes -= size;
      if (!next.answer().isDone()) {
        group.add(next);
        taken += size;
      }
    }
  }

  int count() {
    lock.lock();
    try {
      return queue.size();
    } finally {
      lock.unlock();
    }
  }

  /** Lets nobody in any more; those inside are still served. */
  void close() {
    lock.lock();
    try {
      closed = true;
      changed.signalAll();
    } finally {
      lock.unlock();
    }
  }
}
