package org.waybill.dispatch;

import java.time.Duration;

/**
 * How long things take in dispatch.
 *
 * @param heartbeat between two renewals of this node's leases
 * @param dead a lease that was not renewed for so long may be taken over, by the database's clock
 * @param stopSending a node starts no send when its own last renewal is older, by its own clock:
 *     less than dead, so that a paused node is silent before another one takes over
 * @param idlePoll between two looks for work of other nodes' commits while nothing happens
 * @param busyPoll the same while something happened lately
 * @param linger how long a verdict may wait for others to share its transaction
 * @param drain how long a stop waits for what is under way
 */
record DispatchTimes(
    Duration heartbeat,
    Duration dead,
    Duration stopSending,
    Duration idlePoll,
    Duration busyPoll,
    Duration linger,
    Duration drain) {

  static final DispatchTimes DEFAULT =
      new DispatchTimes(
          Duration.ofSeconds(3),
          Duration.ofSeconds(12),
          Duration.ofSeconds(9),
          Duration.ofSeconds(1),
          Duration.ofMillis(100),
          Duration.ofMillis(10),
          Duration.ofSeconds(30));
}
