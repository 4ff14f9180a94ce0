package org.waybill.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.waybill.cdr.Folding;
import org.waybill.ledger.Account;
import org.waybill.ledger.Page;
import org.waybill.ledger.Postings;
import org.waybill.report.Flow.Counts;
import org.waybill.testing.TestDatabase;

class FlowsTest {
  private static final Instant NOON = Instant.parse("2026-11-21T12:00:00Z");
  private static final Page PAGE = new Page(LocalDate.of(2026, 11, 21), "some", 1001);

  private final TestDatabase db = TestDatabase.fresh();
  private final Flows flows = new Flows(db.database());
  private final Folding folding = new Folding(db.database());

  @Test
  void tellsMinuteByMinuteWhatCameInAndWhatBecameOfIt() {
    note(NOON.minusSeconds(61), new Postings().add(PAGE, Account.RECEIVED, 3, 9));
    note(NOON.minusSeconds(59), documents());
    note(NOON, new Postings().addTasks(PAGE, "Fax", Account.DONE, 4));
    folding.runAll();
    note(NOON.plusSeconds(20), new Postings().addTasks(PAGE, "Fax", Account.DONE, 1));
    folding.runAll();

    List<Flow.Point> points = flows.before(NOON.plusSeconds(30), Flow.Span.HOUR).points();
    assertThat(points).hasSize(60);
    assertThat(points.get(57)).isEqualTo(point(-120, new Counts(3, 0, 0, 0, 0), 60));
    assertThat(points.get(58)).isEqualTo(point(-60, new Counts(5, 2, 3, 0, 0), 60));
    assertThat(points.get(59)).isEqualTo(point(0, new Counts(0, 0, 0, 5, 0), 30));
    assertThat(points.get(59).perMinute(5)).isEqualTo(10);
    assertThat(points.get(0).counts()).isEqualTo(Counts.NONE);
  }

  @Test
  void addsUpToTheSameOverLongerTimes() {
    note(NOON.minusSeconds(86_400), documents());
    note(NOON.minusSeconds(3_600), documents());
    note(NOON.minusSeconds(1), new Postings().addTasks(PAGE, "Fax", Account.FAILED, 7));
    folding.runAll();
    Instant now = NOON.plusSeconds(900);
    assertThat(flows.before(now, Flow.Span.HOUR).total()).isEqualTo(new Counts(0, 0, 0, 0, 7));
    Flow day = flows.before(now.minusSeconds(900), Flow.Span.DAY);
    assertThat(day.total()).isEqualTo(new Counts(5, 2, 3, 0, 7));
    assertThat(flows.before(now, Flow.Span.WEEK).total()).isEqualTo(new Counts(10, 4, 6, 0, 7));
  }

  @Test
  void drawsNoPartThatHasHardlyBegunButCountsIt() {
    note(NOON, documents());
    folding.runAll();
    assertThat(flows.before(NOON.plusSeconds(1), Flow.Span.HOUR).total().received()).isEqualTo(5);
    assertThat(flows.before(NOON.plusSeconds(14), Flow.Span.HOUR).points()).hasSize(59);
    assertThat(flows.before(NOON.plusSeconds(15), Flow.Span.HOUR).points()).hasSize(60);
    assertThat(flows.before(NOON.plusSeconds(15), Flow.Span.DAY).points()).hasSize(95);
    assertThat(flows.before(NOON.plusSeconds(1_800), Flow.Span.WEEK).points()).hasSize(168);
  }

  @Test
  void doesNotTakeBackWhatFailedWhenItIsReRun() {
    note(NOON, new Postings().addTasks(PAGE, "Fax", Account.FAILED, 3));
    note(
        NOON.plusSeconds(1),
        new Postings()
            .addTasks(PAGE, "Fax", Account.FAILED, -3)
            .addTasks(PAGE, "Fax", Account.PENDING, 3));
    folding.runAll();
    assertThat(flows.before(NOON.plusSeconds(30), Flow.Span.HOUR).total().failed()).isEqualTo(3);
  }

  @Test
  void forgetsMinutesAfterTwoDaysAndHoursAfterAMonth() {
    note(NOON, documents());
    note(NOON.plusSeconds(3 * 86_400), documents());
    folding.runAll();
    assertThat(db.one("SELECT GROUP_CONCAT(span ORDER BY span) FROM flow"))
        .isEqualTo("60,3600,3600");
    note(NOON.plusSeconds(31 * 86_400), documents());
    folding.runAll();
    assertThat(db.one("SELECT GROUP_CONCAT(span ORDER BY span) FROM flow"))
        .isEqualTo("60,3600,3600");
  }

  private static Postings documents() {
    return new Postings()
        .add(PAGE, Account.RECEIVED, 5, 9)
        .add(PAGE, Account.STORED, 2, 9)
        .add(PAGE, Account.REJECTED, 2, 0)
        .add(PAGE, Account.REPEATED, 1, 0);
  }

  private static Flow.Point point(long seconds, Counts counts, int lasted) {
    return new Flow.Point(NOON.plusSeconds(seconds), counts, lasted);
  }

  /** As a transaction at that time would. */
  private void note(Instant at, Postings postings) {
    db.database()
        .transact(
            "post",
            connection -> {
              postings.write(connection);
              return at;
            });
    db.execute(
        "UPDATE ledger_entries SET noted = " + at.getEpochSecond() + " ORDER BY id DESC LIMIT 1");
  }
}
