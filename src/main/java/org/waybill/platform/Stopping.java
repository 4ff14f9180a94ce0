package org.waybill.platform;

import jakarta.enterprise.context.ApplicationScoped;
import java.util.concurrent.atomic.AtomicBoolean;

/** Tells what never ends by itself, such as streams of events, that the server is stopping. */
@ApplicationScoped
public class Stopping {
  private final AtomicBoolean begun = new AtomicBoolean();

  /** To be set on a thread of the JVM's end, on which no proxy of CDI can be called. */
  AtomicBoolean flag() {
    return begun;
  }

  public boolean hasBegun() {
    return begun.get();
  }
}
