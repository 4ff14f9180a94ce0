package org.waybill.report;

import static org.assertj.core.api.Assertions.assertThat;

import io.prometheus.metrics.model.snapshots.GaugeSnapshot;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.waybill.ledger.Account;
import org.waybill.ledger.Page;
import org.waybill.ledger.Postings;
import org.waybill.platform.Metrics;
import org.waybill.testing.TestDatabase;

class LedgerWatchTest {
  private static final LocalDate TODAY = LocalDate.of(2024, 3, 1);
  private static final Clock CLOCK =
      Clock.fixed(Instant.parse("2024-03-01T00:00:00Z"), ZoneOffset.UTC);

  private final TestDatabase db = TestDatabase.fresh();
  private final Metrics metrics = new Metrics();
  private final LedgerWatch watch =
      new LedgerWatch(new LedgerReport(db.database()), CLOCK, metrics);

  @Test
  void alarmsAsLongAsADocumentOfTheLastDaysHasNotBecomeAnything() {
    post(TODAY, Account.RECEIVED, 2);
    post(TODAY, Account.DUPLICATE, 1);
    watch.look();
    assertThat(unbalanced()).isEqualTo(1);

    post(TODAY, Account.REJECTED, 1);
    watch.look();
    assertThat(unbalanced()).isZero();
  }

  @Test
  void alarmsForEachDaySourceAndOrganization() {
    post(TODAY, Account.RECEIVED, 1);
    post(LocalDate.of(2024, 2, 29), Account.STORED, 1);
    post(TODAY.minusDays(8), Account.RECEIVED, 1);
    watch.look();
    assertThat(unbalanced()).as("the last eight days, today included").isEqualTo(2);
  }

  @Test
  void alarmsWhenACdrIsNotTheOneThatWasWritten() {
    post(TODAY, Account.RECEIVED, 1);
    post(TODAY, Account.STORED, 1);
    watch.look();
    assertThat(unbalanced()).isEqualTo(1);

    post(TODAY, Account.FOUND, 1);
    watch.look();
    assertThat(unbalanced()).isZero();
  }

  @Test
  void alarmsWhenATaskIsInNoState() {
    post(TODAY, Account.TASK, 1);
    watch.look();
    assertThat(unbalanced()).isEqualTo(1);

    post(TODAY, Account.PENDING, 1);
    watch.look();
    assertThat(unbalanced()).isZero();
  }

  @Test
  void tellsOfWhichDaysItKnowsThatTheyDoNotBalance() {
    assertThat(watch.seen()).as("it has not looked yet").isNull();
    post(TODAY, Account.RECEIVED, 1);
    watch.look();
    assertThat(watch.seen()).isEqualTo(new LedgerWatch.Seen(CLOCK.instant(), days(TODAY)));
    post(TODAY, Account.DUPLICATE, 1);
    watch.look();
    assertThat(watch.seen()).isEqualTo(new LedgerWatch.Seen(CLOCK.instant(), days()));
  }

  private static SortedSet<LocalDate> days(LocalDate... days) {
    return new TreeSet<>(List.of(days));
  }

  private void post(LocalDate day, Account account, int count) {
    db.database()
        .transact(
            "post",
            connection -> {
              new Postings().add(new Page(day, "some", 1001), account, count, 0).write(connection);
              return account;
            });
  }

  private double unbalanced() {
    return metrics.registry().scrape("waybill_ledger_unbalanced"::equals).stream()
        .map(GaugeSnapshot.class::cast)
        .mapToDouble(gauge -> gauge.getDataPoints().get(0).getValue())
        .sum();
  }
}
