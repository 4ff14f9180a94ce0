package org.waybill.gateway;

import java.time.Instant;
import java.util.Arrays;

/** How many of a gateway's answers of the last 30 seconds were transient failures. */
final class FailureWindow {
  private static final int SECONDS = 30;
  private static final int ENOUGH = 10;

  private final long[] second = new long[SECONDS];
  private final int[] all = new int[SECONDS];
  private final int[] failed = new int[SECONDS];

  void add(Instant now, boolean isFailure) {
    long at = now.getEpochSecond();
    int slot = (int) Math.floorMod(at, (long) SECONDS);
    if (second[slot] != at) {
      second[slot] = at;
      all[slot] = 0;
      failed[slot] = 0;
    }
    all[slot]++;
    failed[slot] += isFailure ? 1 : 0;
  }

  boolean mostlyFailed(Instant now) {
    int seen = sum(all, now);
    return seen >= ENOUGH && 2 * sum(failed, now) >= seen;
  }

  String describe(Instant now) {
    return "%d of %d requests within %d s failed. "
        .formatted(sum(failed, now), sum(all, now), SECONDS);
  }

  void clear() {
    Arrays.fill(all, 0);
    Arrays.fill(failed, 0);
  }

  private int sum(int[] counts, Instant now) {
    long oldest = now.getEpochSecond() - SECONDS + 1;
    int sum = 0;
    for (int slot = 0; slot < SECONDS; slot++) {
      sum += second[slot] >= oldest ? counts[slot] : 0;
    }
    return sum;
  }
}
