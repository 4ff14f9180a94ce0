package org.waybill.collect;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import java.time.Clock;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.waybill.access.Caller;
import org.waybill.access.Role;
import org.waybill.document.Violation;
import org.waybill.testing.TestDatabase;

class IntakeTest {
  private static final Clock CLOCK = Clock.fixed(SomeCdrs.NOW, ZoneOffset.UTC);
  private static final Caller SWITCH = new Caller("switch-1", Set.of(Role.SWITCH), Set.of());
  private static final Caller OPERATOR = new Caller("anna", Set.of(Role.OPERATOR), Set.of());

  private final TestDatabase db = TestDatabase.fresh();
  private final SomeIntake some = new SomeIntake(db, db.database(), CLOCK);
  private final RejectedDocuments documents = some.documents;
  private final Intake intake = some.intake;
  private final RejectedDecisions decisions =
      new RejectedDecisions(documents, new Resubmission(intake, CLOCK));

  IntakeTest() {
    some.add(1002, false);
  }

  @AfterEach
  void stop() throws InterruptedException {
    some.stop();
  }

  @Test
  void answersAGoodDocumentWithItsIdsAndARepeatWithTheSame() {
    String xml = SomeIntake.xml(UUID.randomUUID(), 1001, "<a>1</a>");
    Verdict.Accepted first = accepted(xml);
    Verdict.Accepted again = accepted(xml.replace("><", ">\n<"));

    assertThat(first.duplicate()).isFalse();
    assertThat(first.tableSuffix()).hasToString("20261121");
    assertThat(first.tasks()).hasSize(1);
    assertThat(again)
        .isEqualTo(
            new Verdict.Accepted(
                first.id(), first.uuid(), first.tableSuffix(), 1001, first.tasks(), true, 0));
  }

  @Test
  void keepsADocumentThatIsNotWellFormed() {
    Answer.Rejected rejected = rejected("<cdr><data>");
    assertThat(rejected.rejection().reason()).isEqualTo(RejectionReason.NOT_WELL_FORMED);
    assertThat(documents.body(rejected.rejectedId()).orElseThrow().bytes())
        .isEqualTo("<cdr><data>".getBytes(UTF_8));
  }

  @Test
  void keepsAnInvalidDocumentWithAllItsViolationsAndWhatCouldBeRead() {
    UUID uuid = UUID.randomUUID();
    Answer.Rejected rejected =
        rejected(
            SomeIntake.xml(uuid, 1001, "")
                .replace("<TableSuffix>20261121", "<TableSuffix>20261399")
                .replace("<tasks>", "<tasks><nonsense/>"));

    assertThat(rejected.rejection().reason()).isEqualTo(RejectionReason.INVALID);
    assertThat(rejected.rejection().violations()).hasSize(2);
    RejectedDocument document = documents.find(rejected.rejectedId()).orElseThrow();
    assertThat(document.uuid()).isEqualTo(uuid);
    assertThat(document.rmOrgId()).isEqualTo(1001);
    assertThat(document.violations()).isEqualTo(rejected.rejection().violations());
  }

  @Test
  void keepsADocumentOfAnUnknownOrInactiveOrganization() {
    for (int organization : new int[] {1002, 9999}) {
      String xml =
          SomeIntake.xml(UUID.randomUUID(), organization, "").replace("<rmOrgID>", "\n <rmOrgID>");
      Rejection rejection = rejected(xml).rejection();
      assertThat(rejection.reason()).isEqualTo(RejectionReason.UNKNOWN_ORGANIZATION);
      assertThat(rejection.violations())
          .containsExactly(
              new Violation(
                  2, 2, "rmOrgID " + organization + " is not a known, active organization."));
    }
  }

  @Test
  void keepsADocumentThatContradictsAStoredOne() {
    UUID uuid = UUID.randomUUID();
    accepted(SomeIntake.xml(uuid, 1001, "<a>1</a>"));
    String other = SomeIntake.xml(uuid, 1001, "<uuid>no</uuid>").replace("<data>", "<data>\n");
    Rejection rejection = rejected(other).rejection();
    assertThat(rejection.reason()).isEqualTo(RejectionReason.CONFLICT);
    assertThat(rejection.violations())
        .extracting(Violation::line, Violation::column)
        .containsExactly(tuple(2, 1));
  }

  @Test
  void keepsNothingOfAnOrganizationThatIsNotTheSenders() {
    Caller limited = new Caller("switch-2", Set.of(Role.SWITCH), Set.of(7));
    Answer answer =
        intake.accept(arrived(SomeIntake.xml(UUID.randomUUID(), 1001, ""), limited), soon());

    assertThat(answer).isEqualTo(new Answer.Forbidden(1001));
    assertThat(documents.list(any(), null, 10)).isEmpty();
  }

  @Test
  void acceptsAResubmittedDocumentOnceItsOrganizationIsThere() {
    String xml = SomeIntake.xml(UUID.randomUUID(), 2000, "");
    long id = rejected(xml).rejectedId();
    assertThat(decisions.resubmit(id, null, OPERATOR)).isInstanceOf(Decision.StillRejected.class);
    some.add(2000, true);

    Decision.Accepted accepted = (Decision.Accepted) decisions.resubmit(id, null, OPERATOR);
    assertThat(accepted.document().state()).isEqualTo(RejectedState.ACCEPTED);
    assertThat(accepted.document().decidedBy()).isEqualTo("anna");
    assertThat(accepted.document().times()).isEqualTo(1);
    assertThat(accepted(xml).duplicate()).isTrue();
    assertThat(decisions.resubmit(id, null, OPERATOR)).isInstanceOf(Decision.AlreadyDecided.class);
  }

  @Test
  void takesACorrectedDocumentInThePlaceOfARejectedOne() {
    UUID uuid = UUID.randomUUID();
    String good = SomeIntake.xml(uuid, 1001, "");
    long id = rejected(good.replace("<data>", "<data><oops/>")).rejectedId();
    Replacement worse = new Replacement("text/xml", "<cdr".getBytes(UTF_8));
    Decision.StillRejected still = (Decision.StillRejected) decisions.resubmit(id, worse, OPERATOR);
    assertThat(still.document().reason()).isEqualTo(RejectionReason.NOT_WELL_FORMED);

    Replacement corrected = new Replacement("text/xml", good.getBytes(UTF_8));
    assertThat(decisions.resubmit(id, corrected, OPERATOR))
        .isInstanceOfSatisfying(
            Decision.Accepted.class, accepted -> assertThat(accepted.cdr()).isEqualTo(uuid));
  }

  @Test
  void discardsAnOpenDocumentForAReason() {
    long id = rejected("junk").rejectedId();
    Decision.Discarded discarded =
        (Decision.Discarded) decisions.discard(id, "a test call", OPERATOR);

    assertThat(discarded.document().state()).isEqualTo(RejectedState.DISCARDED);
    assertThat(discarded.document().decision()).isEqualTo("a test call");
    assertThat(decisions.discard(id, "again", OPERATOR))
        .isInstanceOf(Decision.AlreadyDecided.class);
    assertThat(decisions.discard(id + 99, "what?", OPERATOR)).isEqualTo(new Decision.NotFound());
  }

  private Verdict.Accepted accepted(String xml) {
    return ((Answer.Accepted) intake.accept(arrived(xml, SWITCH), soon())).verdict();
  }

  private Answer.Rejected rejected(String xml) {
    return (Answer.Rejected) intake.accept(arrived(xml, SWITCH), soon());
  }

  private static RejectedFilter any() {
    return RejectedFilter.ANY;
  }

  private static Arrived arrived(String xml, Caller caller) {
    return new Arrived(
        xml.getBytes(UTF_8), "application/xml", null, Intake.SOURCE, caller, SomeCdrs.NOW);
  }

  private static Deadline soon() {
    return Deadline.in(Duration.ofSeconds(30));
  }
}
