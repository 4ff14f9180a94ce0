package org.waybill.collect.switches;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.time.Duration;
import java.time.Instant;
import org.assertj.core.data.Offset;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class UsualHoursTest {
  private static final Instant MONDAY_8 = Instant.parse("2026-11-23T08:00:00Z");
  private static final Offset<Double> ALMOST = within(1e-9);

  private final UsualHours usual = new UsualHours();
  private final WeekHour monday8 = WeekHour.of(MONDAY_8);

  @Test
  void countsTheHoursOfAWeekFromThursdayAsItsEpochDid() {
    assertThat(WeekHour.of(Instant.EPOCH)).isEqualTo(new WeekHour(0, 0));
    assertThat(monday8.hour()).isEqualTo(4 * 24 + 8);
    assertThat(monday8.end()).isEqualTo(MONDAY_8.plus(Duration.ofHours(1)));
  }

  @Test
  void knowsNothingOfAnHourInTheFirstWeekOfIt() {
    usual.add(hour(120, null));
    assertThat(usual.perHour(MONDAY_8)).isZero();
  }

  @Test
  void takesTheFirstWeekAsUsualAndBendsToLaterOnes() {
    usual.add(hour(120, null));
    assertThat(usual.perHour(nextWeek(1))).isEqualTo(120, ALMOST);
    usual.add(hour(20, 120.0));
    assertThat(usual.perHour(MONDAY_8)).isEqualTo(120, ALMOST);
    assertThat(usual.perHour(nextWeek(1))).isEqualTo(90, ALMOST);
  }

  @Test
  void expectsLessAfterWeeksWithoutAny() {
    usual.add(hour(100, 100.0));
    assertThat(usual.perHour(nextWeek(3))).isEqualTo(49, ALMOST);
  }

  @Test
  void addsUpWhatWasToBeExpectedHourByHour() {
    usual.add(hour(0, 60.0));
    assertThat(usual.expected(MONDAY_8.minus(Duration.ofDays(2)), MONDAY_8)).isZero();
    Instant tenPast = MONDAY_8.plus(Duration.ofMinutes(10));
    assertThat(usual.expected(MONDAY_8.minus(Duration.ofDays(2)), tenPast)).isEqualTo(10, ALMOST);
    Instant ten = MONDAY_8.plus(Duration.ofHours(2));
    assertThat(usual.expected(tenPast, ten)).isEqualTo(50, ALMOST);
  }

  private UsualHours.Hour hour(long documents, @Nullable Double before) {
    return new UsualHours.Hour(monday8.hour(), monday8.week(), documents, before);
  }

  private static Instant nextWeek(int weeks) {
    return MONDAY_8.plus(Duration.ofDays(7L * weeks));
  }
}
