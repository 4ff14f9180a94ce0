package org.waybill.access;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;

/**
 * Counts wrong passwords for a name from an address, so that guessing is slow. Names are counted
 * with the address, or anybody could lock a user out.
 */
final class WrongPasswords {
  static final int ALLOWED = 10;
  static final Duration WINDOW = Duration.ofMinutes(5);

  /** Beyond this many the oldest windows are worth less than the memory. */
  private static final int MAX_COUNTED = 10_000;

  private final Clock clock;
  private final ConcurrentMap<String, Count> counts = new ConcurrentHashMap<>();

  private record Count(int wrong, Instant until) {}

  WrongPasswords(Clock clock) {
    this.clock = clock;
  }

  /** How long to wait before the next try; zero when it may be made at once. */
  Duration wait(String name, String address) {
    Count count = counts.get(key(name, address));
    Instant now = clock.instant();
    if (count == null || count.wrong() < ALLOWED || !count.until().isAfter(now)) {
      return Duration.ZERO;
    }
    return Duration.between(now, count.until());
  }

  /** True when this one is the last that is looked at for a while. */
  boolean count(String name, String address) {
    Instant now = clock.instant();
    if (counts.size() >= MAX_COUNTED) {
      counts.values().removeIf(count -> !count.until().isAfter(now));
      if (counts.size() >= MAX_COUNTED) {
        counts.clear();
      }
    }
    Count count =
        counts.merge(
            key(name, address),
            new Count(1, now.plus(WINDOW)),
            (old, first) ->
                old.until().isAfter(now) ? new Count(old.wrong() + 1, old.until()) : first);
    return count != null && count.wrong() == ALLOWED;
  }

  private static String key(String name, String address) {
    return address + ' ' + name;
  }
}
