package org.waybill.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.time.Duration;
import java.util.List;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;

class RetryScheduleTest {
  private static final List<Duration> WAITS =
      List.of(Duration.ofSeconds(5), Duration.ofSeconds(15), Duration.ofHours(24));

  @Test
  void waitsByTheScheduleAndThenFails() {
    RetrySchedule schedule = new RetrySchedule(WAITS, always(0.5));
    assertThat(schedule.waitAfter(1, null)).contains(Duration.ofSeconds(5));
    assertThat(schedule.waitAfter(2, null)).contains(Duration.ofSeconds(15));
    assertThat(schedule.waitAfter(3, null)).contains(Duration.ofHours(24));
    assertThat(schedule.waitAfter(4, null)).isEmpty();
    assertThat(schedule.waitAfter(4, Duration.ofSeconds(1))).isEmpty();
  }

  @Test
  void spreadsWaitsByAFifthEitherWay() {
    assertThat(new RetrySchedule(WAITS, always(0)).waitAfter(1, null))
        .contains(Duration.ofSeconds(4));
    assertThat(new RetrySchedule(WAITS, always(1)).waitAfter(1, null))
        .contains(Duration.ofSeconds(6));
    RetrySchedule random = new RetrySchedule(WAITS, new SplittableRandom(1));
    for (int i = 0; i < 1000; i++) {
      assertThat(random.waitAfter(2, null).orElseThrow())
          .isBetween(Duration.ofSeconds(12), Duration.ofSeconds(18));
    }
  }

  @Test
  void waitsAsLongAsTheGatewayAsksButNotLongerThanAnHour() {
    RetrySchedule schedule = new RetrySchedule(WAITS, always(0.5));
    assertThat(schedule.waitAfter(1, Duration.ofMinutes(2))).contains(Duration.ofMinutes(2));
    assertThat(schedule.waitAfter(1, Duration.ofDays(2))).contains(Duration.ofHours(1));
    assertThat(schedule.waitAfter(1, Duration.ofSeconds(1))).contains(Duration.ofSeconds(5));
    assertThat(schedule.waitAfter(3, Duration.ofHours(1))).contains(Duration.ofHours(24));
  }

  @Test
  void knowsNoWaitBeforeAFailure() {
    RetrySchedule schedule = new RetrySchedule(WAITS, always(0.5));
    assertThatIllegalArgumentException().isThrownBy(() -> schedule.waitAfter(0, null));
  }

  private static RandomGenerator always(double value) {
    return new RandomGenerator() {
      @Override
      public long nextLong() {
        return 0;
      }

      @Override
      public double nextDouble() {
        return value;
      }
    };
  }
}
