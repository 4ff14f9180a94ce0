package org.waybill.task;

import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Rung on this node after a commit that may have brought work, so that a delivery need not wait for
 * the next poll. Never needed for correctness: other nodes' commits are found by polling.
 */
@ApplicationScoped
public class WorkBell {
  private final AtomicLong rings = new AtomicLong();
  private final List<Runnable> listeners = new CopyOnWriteArrayList<>();

  /** Tells whoever listens that there may be work; call it after the commit, never before. */
  public void ring() {
    rings.incrementAndGet();
    listeners.forEach(Runnable::run);
  }

  /** How often it has rung. */
  public long rings() {
    return rings.get();
  }

  /** From now on this is run at each ring, on the ringing thread: it must be quick. */
  public void listen(Runnable listener) {
    listeners.add(listener);
  }

  public void stopListening(Runnable listener) {
    listeners.remove(listener);
  }
}
