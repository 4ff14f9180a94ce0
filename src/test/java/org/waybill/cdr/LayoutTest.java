package org.waybill.cdr;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.LocalDate;
import java.util.List;
import org.junit.jupiter.api.Test;

class LayoutTest {
  private static final LocalDate TODAY = LocalDate.of(2026, 11, 21);

  @Test
  void beginsWithCoarsePartitionsThenADayEachAndTheRest() {
    List<String> names = names(Layout.ahead(null, TODAY));
    assertThat(names)
        .startsWith(
            "before_20100101",
            "before_20200101",
            "before_20210101",
            "before_20220101",
            "before_20230101",
            "before_20240101",
            "before_20250101",
            "before_20260101",
            "before_20261017",
            "p20261017")
        .endsWith("p20261127", "p20261128", "pmax")
        .hasSize(9 + 35 + 1 + 7 + 1);
  }

  @Test
  void endsTheYearsWhereTheDaysBeginOnNewYear() {
    assertThat(names(Layout.ahead(null, LocalDate.of(2026, 2, 5))))
        .containsSubsequence("before_20260101", "p20260101")
        .doesNotContain("before_20270101");
  }

  @Test
  void addsOnlyTheDayThatIsMissing() {
    assertThat(names(Layout.ahead(LocalDate.of(2026, 11, 28), TODAY)))
        .containsExactly("p20261128", "pmax");
    assertThat(Layout.ahead(LocalDate.of(2026, 11, 29), TODAY)).isEmpty();
  }

  @Test
  void crossesMonthsYearsAndLeapDays() {
    assertThat(names(Layout.ahead(LocalDate.of(2027, 12, 30), LocalDate.of(2027, 12, 26))))
        .containsExactly("p20271230", "p20271231", "p20280101", "p20280102", "pmax");
    assertThat(names(Layout.ahead(LocalDate.of(2028, 2, 28), LocalDate.of(2028, 2, 23))))
        .containsExactly("p20280228", "p20280229", "p20280301", "pmax");
  }

  @Test
  void makesUpForTwentyDaysOfDowntimeDayByDay() {
    assertThat(Layout.ahead(LocalDate.of(2026, 11, 9), TODAY)).hasSize(20 + 1);
  }

  @Test
  void makesUpForALongDowntimeCoarsely() {
    assertThat(names(Layout.ahead(LocalDate.of(2024, 5, 1), TODAY)))
        .startsWith("before_20250101", "before_20260101", "before_20261017", "p20261017")
        .endsWith("p20261128", "pmax");
  }

  @Test
  void cutsDaysOutOfTheBeginningTheMiddleAndTheEnd() {
    Slice year = Slice.between(LocalDate.of(2024, 1, 1), LocalDate.of(2025, 1, 1));
    assertThat(
            Layout.split(
                year,
                List.of(
                    LocalDate.of(2024, 12, 31),
                    LocalDate.of(2024, 1, 1),
                    LocalDate.of(2024, 2, 29),
                    LocalDate.of(2024, 3, 1))))
        .extracting(Slice::name)
        .containsExactly(
            "p20240101",
            "before_20240229",
            "p20240229",
            "p20240301",
            "before_20241231",
            "p20241231");
  }

  private static List<String> names(List<Slice> slices) {
    return slices.stream().map(Slice::name).toList();
  }
}
