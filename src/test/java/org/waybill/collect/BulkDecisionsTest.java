package org.waybill.collect;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Clock;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.waybill.access.Caller;
import org.waybill.access.Role;
import org.waybill.operation.Inline;
import org.waybill.operation.NumberedOutcome;
import org.waybill.operation.Operation;
import org.waybill.operation.Operation.Progress;
import org.waybill.operation.OperationState;
import org.waybill.operation.OutcomeFilter;
import org.waybill.testing.TestDatabase;

/** Rejected documents by their causes, and what is done about all that match. */
class BulkDecisionsTest {
  private static final Clock CLOCK = Clock.fixed(SomeCdrs.NOW, ZoneOffset.UTC);
  private static final Caller SWITCH = new Caller("switch-1", Set.of(Role.SWITCH), Set.of());

  private final TestDatabase db = TestDatabase.fresh();
  private final SomeIntake house = new SomeIntake(db, db.database(), CLOCK);
  private final RejectedCauses causes = new RejectedCauses(db.database());
  private final Inline inline =
      new Inline(
          db.database(),
          new BulkResubmit(db.database(), new Resubmission(house.intake, CLOCK)),
          new BulkDiscard(db.database()));

  @AfterEach
  void stop() throws InterruptedException {
    house.stop();
  }

  @Test
  void groupsThoseWithTheSameFaultWhateverItsValues() {
    List<Long> unknown = List.of(reject(2002), reject(2003), reject(2002));
    long broken = reject("<cdr>");
    List<RejectedCause> found = causes.list(RejectedFilter.ANY, null, 10);

    assertThat(found).hasSize(2);
    RejectedCause most = found.get(0);
    assertThat(most.reason()).isEqualTo(RejectionReason.UNKNOWN_ORGANIZATION);
    assertThat(most.count()).isEqualTo(3);
    assertThat(most.organizations()).containsExactly(2002, 2003);
    assertThat(most.sources()).containsExactly(Intake.SOURCE);
    assertThat(most.sampleId()).isEqualTo(unknown.get(2));
    assertThat(most.sample()).isEqualTo("rmOrgID 2002 is not a known, active organization.");
    assertThat(found.get(1).sampleId()).isEqualTo(broken);
    assertThat(causes.list(RejectedFilter.ANY, most.cause(), 10)).containsExactly(found.get(1));
    assertThat(house.documents.list(of(most.cause()), null, 10))
        .extracting(RejectedDocument::id)
        .containsExactlyElementsOf(unknown.stream().sorted((a, b) -> b.compareTo(a)).toList());
  }

  @Test
  void masksValuesAndKeepsNames() {
    assertThat(
            RejectionCause.masked("StartEpoch must be 946684800 (2000-01-01) or later, but is 7."))
        .isEqualTo("StartEpoch must be # (#) or later, but is #.");
    assertThat(
            RejectionCause.masked(
                "A CDR with uuid a1b2c3d4-e5f6-7890-abcd-ef1234567890 is stored already."))
        .isEqualTo("A CDR with uuid # is stored already.");
    assertThat(RejectionCause.masked("rmUserID must be short, but is 'it is 5 o´clock'."))
        .isEqualTo("rmUserID must be short, but is '…'.");
  }

  @Test
  void resubmitsAllThatMatchAndTellsWhatCameOfEach() {
    List<UUID> uuids = new ArrayList<>();
    for (int i = 0; i < 300; i++) {
      UUID uuid = UUID.randomUUID();
      uuids.add(uuid);
      reject(SomeIntake.xml(uuid, 2002));
    }
    long other = reject(3003);
    long broken = reject("<cdr>");
    house.add(2002, true);
    RejectedFilter all = RejectedFilter.ANY;
    assertThat(inline.operations.matching(BulkResubmit.NAME, all.json())).isEqualTo(302);
    Operation done = inline.run(BulkResubmit.NAME, all.json());

    assertThat(done.state()).isEqualTo(OperationState.DONE);
    assertThat(done.progress()).isEqualTo(new Progress(302, 300, 2));
    assertThat(outcome(done, 1)).isEqualTo("Stored as CDR " + uuids.get(0) + ".");
    assertThat(outcome(done, 301)).isEqualTo("rmOrgID 3003 is not a known, active organization.");
    assertThat(open()).containsExactly(broken, other);
    RejectedDocument accepted = house.documents.find(other - 1).orElseThrow();
    assertThat(accepted.state()).isEqualTo(RejectedState.ACCEPTED);
    assertThat(accepted.decidedBy()).isEqualTo("anna");
    assertThat(accepted.decision()).isEqualTo("the cause is gone");
    assertThat(accepted.violations()).hasSize(1);
  }

  @Test
  void findsThoseStoredBeforeACrashToBeStoredAlready() {
    UUID uuid = UUID.randomUUID();
    long id = reject(SomeIntake.xml(uuid, 2002));
    house.add(2002, true);
    // As if the power had failed between the commit of the CDR and that of the operation.
    RejectedBody body = house.documents.body(id).orElseThrow();
    Resubmission resubmission = new Resubmission(house.intake, CLOCK);
    resubmission.settle(resubmission.begin(body), Deadline.in(Duration.ofSeconds(10)));
    Operation done = inline.run(BulkResubmit.NAME, "{}");

    assertThat(done.progress()).isEqualTo(new Progress(1, 1, 0));
    assertThat(outcome(done, 1)).isEqualTo("It was stored already as CDR " + uuid + ".");
    assertThat(open()).isEmpty();
  }

  @Test
  void discardsAllOfACause() {
    reject(2002);
    reject(2003);
    long broken = reject("<cdr>");
    RejectedCause cause = causes.list(RejectedFilter.ANY, null, 1).get(0);
    Operation done = inline.run(BulkDiscard.NAME, of(cause.cause()).json());

    assertThat(done.progress()).isEqualTo(new Progress(2, 2, 0));
    assertThat(open()).containsExactly(broken);
    assertThat(inline.operations.matching(BulkDiscard.NAME, "{}")).isEqualTo(1);
  }

  @Test
  void saysFiltersInTheWordsOfTheQuery() {
    RejectedFilter filter =
        new RejectedFilter(
            RejectionReason.INVALID,
            "freeswitch",
            7,
            RejectedState.OPEN,
            SomeCdrs.NOW,
            SomeCdrs.NOW.plusSeconds(1),
            "0123456789abcdef");
    assertThat(RejectedFilter.ofJson(filter.json())).isEqualTo(filter);
    assertThat(RejectedFilter.ofJson("{}")).isEqualTo(RejectedFilter.ANY);
  }

  private static RejectedFilter of(String cause) {
    return new RejectedFilter(null, null, null, null, null, null, cause);
  }

  private long reject(int organization) {
    return reject(SomeIntake.xml(UUID.randomUUID(), organization));
  }

  private long reject(String xml) {
    Arrived arrived =
        new Arrived(xml.getBytes(UTF_8), "text/xml", null, Intake.SOURCE, SWITCH, SomeCdrs.NOW);
    house.intake.accept(arrived, Deadline.in(Duration.ofSeconds(10)));
    return house.documents.list(RejectedFilter.ANY, null, 1).get(0).id();
  }

  private List<Long> open() {
    RejectedFilter open =
        new RejectedFilter(null, null, null, RejectedState.OPEN, null, null, null);
    return house.documents.list(open, null, 10).stream().map(RejectedDocument::id).toList();
  }

  private String outcome(Operation operation, long number) {
    NumberedOutcome found =
        inline.operations.outcomes(operation.id(), OutcomeFilter.ANY, number - 1, 1).get(0);
    return found.outcome().sentence();
  }
}
