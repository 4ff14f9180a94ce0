package org.waybill.cdr;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import org.junit.jupiter.api.Test;
import org.waybill.platform.Database;
import org.waybill.platform.Metrics;
import org.waybill.testing.TestDatabase;

class PartitionReadinessTest {
  private final Database database = TestDatabase.fresh().database();
  private Instant now = Instant.parse("2026-11-21T12:00:00Z");
  private final InstantSource time = () -> now;
  private final Clock clock = time.withZone(ZoneOffset.UTC);
  private final Maintenance maintenance =
      new Maintenance(
          new Partitions(database, clock),
          new Retention(database, clock, Duration.ofDays(400)),
          new Departures(database),
          clock,
          new Metrics());
  private final PartitionReadiness readiness = new PartitionReadiness(maintenance);

  @Test
  void isReadyFromTheStartOnAndUntilTheDaysMadeAheadAreOver() {
    assertThat(readiness.obstacle()).isPresent();
    maintenance.atStart(this);
    assertThat(readiness.obstacle()).isEmpty();
    now = now.plus(Duration.ofDays(7));
    assertThat(readiness.obstacle()).isEmpty();
    now = now.plus(Duration.ofDays(1));
    assertThat(readiness.obstacle()).isPresent();
    maintenance.run();
    assertThat(readiness.obstacle()).isEmpty();
  }
}
