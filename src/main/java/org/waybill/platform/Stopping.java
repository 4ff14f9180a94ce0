package org.waybill.platform;

import jakarta.enterprise.context.ApplicationScoped;

/** Tells what never ends by itself, such as streams of events, that the server is stopping. */
@ApplicationScoped
public class Stopping {
  private volatile boolean begun;

  void begin() {
    begun = true;
  }

  public boolean hasBegun() {
    return begun;
  }
}
