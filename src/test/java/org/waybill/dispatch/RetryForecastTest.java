package org.waybill.dispatch;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.waybill.gateway.RetrySchedule;

class RetryForecastTest {
  private static final List<Duration> WAITS =
      List.of(Duration.ofSeconds(5), Duration.ofSeconds(15), Duration.ofMinutes(2));

  private final RetryForecast forecast = RetryForecast.of(WAITS);

  @Test
  void countsFromTheFirstFailure() {
    assertThat(forecast.attempts())
        .extracting(RetryForecast.Attempt::after)
        .containsExactly(
            Duration.ZERO, Duration.ofSeconds(5), Duration.ofSeconds(20), Duration.ofSeconds(140));
    assertThat(forecast.last().number()).isEqualTo(4);
  }

  @Test
  void holdsWhatTheScheduleThatIsInForceMakesOfIt() {
    Random random = new Random(7);
    for (int run = 0; run < 200; run++) {
      RetrySchedule schedule = new RetrySchedule(WAITS, random);
      Duration after = Duration.ZERO;
      for (int failures = 1; failures <= WAITS.size(); failures++) {
        after = after.plus(schedule.waitAfter(failures, null).orElseThrow());
        RetryForecast.Attempt attempt = forecast.attempts().get(failures);
        assertThat(after).isBetween(attempt.earliest(), attempt.latest());
      }
      assertThat(schedule.waitAfter(forecast.attempts().size(), null)).isEmpty();
    }
  }
}
