package org.waybill.operation;

import java.time.Duration;

/**
 * How quick the engine is.
 *
 * @param dead a lease that was not renewed for so long is another node's to take
 * @param heartbeat how often a lease is renewed when there is no progress that renews it
 * @param look how often a node looks for what operators changed
 * @param stretch how long the work between two looks should last
 * @param firstRest after a failure that is not an item's; it doubles with each in a row
 * @param tries so many failures in a row make the operation failed
 */
record OperationTimes(
    Duration dead,
    Duration heartbeat,
    Duration look,
    Duration stretch,
    Duration firstRest,
    int tries) {
  static final OperationTimes DEFAULT =
      new OperationTimes(
          Duration.ofSeconds(15),
          Duration.ofSeconds(3),
          Duration.ofMillis(250),
          Duration.ofMillis(400),
          Duration.ofMillis(500),
          6);
}
