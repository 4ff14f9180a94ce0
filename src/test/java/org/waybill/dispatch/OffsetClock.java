package org.waybill.dispatch;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;

/** Goes on like a real clock, and leaps when a test wants to be later. */
final class OffsetClock extends Clock {
  private volatile Duration offset = Duration.ZERO;

  void leap(Duration ahead) {
    offset = offset.plus(ahead);
  }

  @Override
  public Instant instant() {
    return Instant.now().plus(offset);
  }

  @Override
  public ZoneId getZone() {
    return ZoneOffset.UTC;
  }

  @Override
  public Clock withZone(ZoneId zone) {
    throw new UnsupportedOperationException();
  }
}
