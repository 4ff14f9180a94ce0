package org.waybill.call.feed;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.Random;
import org.junit.jupiter.api.Test;

class BackOffTest {
  private static final Instant NOW = Instant.parse("2026-11-21T12:00:00Z");

  private final BackOff backOff = new BackOff(Duration.ofSeconds(3), new Random(1));

  @Test
  void waitsTwiceAsLongAfterEachFailureUpToFiveMinutes() {
    assertThat(seconds(1)).isBetween(4.8, 7.2);
    assertThat(seconds(3)).isBetween(19.2, 28.8);
    assertThat(seconds(8)).isBetween(240.0, 360.0);
    assertThat(seconds(1_000_000)).isBetween(240.0, 360.0);
  }

  @Test
  void waitsInFullForWhatThePlatformWishesUpToAnHour() {
    assertThat(backOff.after(1, Duration.ofSeconds(90))).isEqualTo(Duration.ofSeconds(90));
    assertThat(backOff.after(1, Duration.ofDays(2))).isEqualTo(Duration.ofHours(1));
    assertThat(backOff.after(1, Duration.ZERO).toMillis()).isBetween(4_800L, 7_200L);
  }

  @Test
  void understandsBothWaysToSayIt() {
    assertThat(BackOff.retryAfter(" 17 ", NOW)).isEqualTo(Duration.ofSeconds(17));
    assertThat(BackOff.retryAfter("99999999999999999999", NOW)).isEqualTo(Duration.ofHours(1));
    assertThat(BackOff.retryAfter("Sat, 21 Nov 2026 12:01:00 GMT", NOW))
        .isEqualTo(Duration.ofMinutes(1));
    assertThat(BackOff.retryAfter("Sat, 21 Nov 2026 11:01:00 GMT", NOW)).isEqualTo(Duration.ZERO);
    assertThat(BackOff.retryAfter("soon", NOW)).isNull();
  }

  private double seconds(int failures) {
    return backOff.after(failures, null).toMillis() / 1e3;
  }
}
