package org.waybill.cdr;

import static org.assertj.core.api.Assertions.assertThat;
import static org.waybill.cdr.CdrRows.clockAt;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.waybill.platform.Database;
import org.waybill.testing.LeapingClock;
import org.waybill.testing.TestDatabase;

class UsagesTest {
  private static final LocalDate FIRST = LocalDate.of(2026, 11, 21);
  private static final LocalDate OLD = LocalDate.of(2003, 5, 17);
  private static final Duration KEPT = Duration.ofDays(30);

  private final TestDatabase testDatabase = TestDatabase.fresh();
  private final Database database = testDatabase.database();
  private final CdrRows rows = new CdrRows(database);

  @BeforeEach
  void layOut() {
    new Partitions(database, clockAt(FIRST)).ensure();
  }

  @Test
  void tellsWhatEachDayHoldsTheNewestFirst() {
    add(FIRST, FIRST, "y", 3);
    add(FIRST.minusDays(1), FIRST, "y", 2);
    Usage usage = at(FIRST);
    assertThat(usage.spans())
        .extracting(Usage.Span::from)
        .containsExactly(FIRST, FIRST.minusDays(1));
    Usage.Span day = usage.spans().get(0);
    assertThat(day.cdrs()).isEqualTo(3);
    assertThat(day.tables()).hasSize(DayTable.values().length);
    assertThat(day.of("tasks").bytes()).isPositive();
    assertThat(usage.bytes()).isGreaterThan(day.all().bytes() + usage.spans().get(1).all().bytes());
    assertThat(usage.growth()).contains(usage.spans().get(1).all().bytes());
    assertThat(usage.empty()).isPositive();
  }

  @Test
  void saysWhenADayLeavesAsRetentionDoesIt() {
    add(FIRST, FIRST, "y", 1);
    add(FIRST.minusDays(20), FIRST, "y", 1);
    Usage usage = at(FIRST);
    Instant onTime = Instant.parse("2026-11-25T00:00:00Z").plus(KEPT);
    assertThat(usage.spans())
        .extracting(Usage.Span::leaves)
        .containsExactly(onTime, clockAt(FIRST).instant().plus(KEPT));
    assertThat(usage.spans()).extracting(Usage.Span::certain).containsExactly(false, true);
    retention(FIRST.plusDays(33)).run();
    assertThat(rows.count("normalized_cdrs", FIRST)).isOne();
    retention(FIRST.plusDays(34)).run();
    assertThat(rows.count("normalized_cdrs", FIRST)).isZero();
  }

  @Test
  void saysWhyADayIsKept() {
    add(FIRST, FIRST, "n", 1);
    add(FIRST, FIRST, "error", 2);
    add(FIRST, FIRST, "y", 4);
    retention(FIRST.plusDays(34)).run();
    Usage.Span day = at(FIRST.plusDays(34)).spans().get(0);
    assertThat(day.undone()).isEqualTo(3);
    assertThat(day.leaves()).isBefore(clockAt(FIRST.plusDays(34)).instant());
  }

  @Test
  void putsOldDaysTogetherThatShareAPartition() {
    add(OLD, FIRST, "y", 1);
    Usage.Span old = at(FIRST).spans().get(0);
    assertThat(old.isDay()).isFalse();
    assertThat(old.until()).isEqualTo(LocalDate.of(2010, 1, 1));
    assertThat(old.leaves()).isNull();
  }

  @Test
  void asksAgainAfterAMinute() {
    LeapingClock clock = new LeapingClock(clockAt(FIRST).instant());
    Usages usages = new Usages(database, clock, KEPT);
    Usage first = usages.now();
    clock.leap(Duration.ofSeconds(59));
    assertThat(usages.now()).isSameAs(first);
    clock.leap(Duration.ofSeconds(1));
    assertThat(usages.now()).isNotSameAs(first);
  }

  private Usage at(LocalDate today) {
    for (DayTable table : DayTable.values()) {
      testDatabase.execute("ANALYZE TABLE " + table.table());
    }
    return new Usages(database, clockAt(today), KEPT).now();
  }

  private Retention retention(LocalDate today) {
    return new Retention(database, clockAt(today), KEPT);
  }

  private void add(LocalDate day, LocalDate received, String done, int times) {
    for (int i = 0; i < times; i++) {
      rows.add(UUID.randomUUID(), day, clockAt(received).instant(), done);
    }
  }
}
