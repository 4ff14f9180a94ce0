package org.waybill.testing;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;

/** Stands still, but for the leaps that a test lets it make. */
public final class LeapingClock extends Clock {
  private volatile Instant now;

  public LeapingClock(Instant now) {
    this.now = now;
  }

  public void leap(Duration ahead) {
    now = now.plus(ahead);
  }

  @Override
  public Instant instant() {
    return now;
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
