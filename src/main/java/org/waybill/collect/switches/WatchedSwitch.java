package org.waybill.collect.switches;

import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A switch that sends for an organization, as it was when last looked at.
 *
 * @param name as its documents name it, else the user or key that sends them
 * @param instance another one after each restart, where its documents tell
 * @param restarts how often that changed
 * @param lastSeen when its newest document arrived, up to a few seconds late
 * @param silentSince when it was found to be silent; null while it sends
 */
public record WatchedSwitch(
    long id,
    String name,
    int rmOrgId,
    @Nullable String instance,
    int restarts,
    Instant firstSeen,
    Instant lastSeen,
    @Nullable Instant silentSince) {
  private static final Duration LEAST_QUIET = Duration.ofMinutes(15);
  private static final double MISSED = 10;
  private static final Duration WEEK = Duration.ofDays(7);
  private static final Duration LONGEST_QUIET_OF_A_NEW_ONE = Duration.ofDays(1);

  /** Whether its usual hours are not known yet, since it was never seen through a whole week. */
  public boolean isNew(Instant now) {
    return firstSeen.plus(WEEK).isAfter(now);
  }

  /**
   * Whether something is wrong with it: it has sent nothing for 15 minutes or longer, and 10
   * documents or more were to be expected meanwhile, which is ten times the usual gap between two
   * of them. Counting them over all the time, and not by the present hour alone, lets the first
   * minutes of a busy morning pass. A new one is given a day.
   *
   * @param listening since when this server listens: before, nobody could send to it
   */
  boolean isMissed(Instant now, Instant listening, UsualHours usual) {
    Instant from = lastSeen.isBefore(listening) ? listening : lastSeen;
    Duration quiet = Duration.between(from, now);
    if (quiet.compareTo(LEAST_QUIET) < 0) {
      return false;
    }
    return isNew(now)
        ? quiet.compareTo(LONGEST_QUIET_OF_A_NEW_ONE) >= 0
        : usual.expected(from, now) >= MISSED;
  }

  /** Whether it was silent and has sent since. */
  boolean isBack() {
    return silentSince != null && lastSeen.isAfter(silentSince);
  }

  static Instant quietSince(Instant now) {
    return now.minus(LEAST_QUIET);
  }
}
