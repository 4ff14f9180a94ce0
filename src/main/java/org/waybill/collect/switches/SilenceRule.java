package org.waybill.collect.switches;

import java.time.Duration;
import java.time.Instant;

/**
 * When a switch that sends nothing has fallen silent.
 *
 * @param least so long it has sent nothing at least
 * @param missed so many documents were to be expected meanwhile at least: as many times the usual
 *     gap between two of them
 */
record SilenceRule(Duration least, int missed) {
  /** For one that was never seen through a whole week, of which nothing is to be expected yet. */
  private static final Duration LONGEST_QUIET_OF_A_NEW_ONE = Duration.ofDays(1);

  /**
   * Whether something is wrong with it. Counting what is missed over all the time, and not by the
   * present hour alone, lets the first minutes of a busy morning pass.
   *
   * @param listening since when this server listens: before, nobody could send to it
   */
  boolean isBroken(WatchedSwitch one, Instant now, Instant listening, UsualHours usual) {
    Instant from = one.lastSeen().isBefore(listening) ? listening : one.lastSeen();
    Duration quiet = Duration.between(from, now);
    if (quiet.compareTo(least) < 0) {
      return false;
    }
    return one.isNew(now)
        ? quiet.compareTo(LONGEST_QUIET_OF_A_NEW_ONE) >= 0
        : usual.expected(from, now) >= missed;
  }

  /** Of those heard of since then nothing can be said yet. */
  Instant quietSince(Instant now) {
    return now.minus(least);
  }
}
