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
 * @param lastSeen when its newest document arrived, or when the call of one began that came late
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
  private static final Duration WEEK = Duration.ofDays(7);

  /** Whether its usual hours are not known yet, since it was never seen through a whole week. */
  public boolean isNew(Instant now) {
    return firstSeen.plus(WEEK).isAfter(now);
  }

  /** Whether it was silent and has sent since. */
  boolean isBack() {
    return silentSince != null && lastSeen.isAfter(silentSince);
  }
}
