package org.waybill.platform;

/** How whoever stops the server lets it finish what it has begun. */
public interface DrainMXBean {
  /** Requests begun and not yet answered. */
  int getInFlight();

  /** Refuses new requests and waits for those in flight; false when they take longer. */
  boolean drain(long seconds);
}
