package org.waybill.platform;

import java.time.Duration;

/**
 * What a node clears away every now and then. Each bean of this kind is run for as long as the node
 * does.
 */
public interface Upkeep {
  /** For operators who read that it could not be done: a code, and what stays. */
  String what();

  /** Between two times, and before the first. */
  Duration interval();

  /**
   * Clears away what there is by now, in short transactions.
   *
   * @throws DatabaseException when it cannot; it is tried again after the interval
   */
  void purge();
}
