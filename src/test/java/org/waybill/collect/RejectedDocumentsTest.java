package org.waybill.collect;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.waybill.access.Audit;
import org.waybill.access.Caller;
import org.waybill.access.Role;
import org.waybill.document.Violation;
import org.waybill.platform.Metrics;
import org.waybill.testing.Relay;
import org.waybill.testing.TestDatabase;

class RejectedDocumentsTest {
  private static final Instant NOW = SomeCdrs.NOW;
  private static final UUID UUID_1 = UUID.fromString("a1b2c3d4-e5f6-7890-abcd-ef1234567890");
  private static final RejectedFilter ANY = RejectedFilter.ANY;
  private static final Rejection INVALID =
      new Rejection(
          RejectionReason.INVALID,
          List.of(
              new Violation(3, 7, "uuid is not a UUID."), new Violation(9, 1, "\"quoted\" é 😀")),
          UUID_1,
          1001);
  private static final Rejection BROKEN =
      new Rejection(
          RejectionReason.NOT_WELL_FORMED, List.of(new Violation(1, 1, "Cut off.")), null, null);

  private final TestDatabase db = TestDatabase.fresh();
  private final RejectedDocuments documents =
      new RejectedDocuments(db.database(), Clock.fixed(NOW, ZoneOffset.UTC));

  @Test
  void keepsTheBytesAndAllViolations() {
    long id = documents.keep(arrived("<cdr>\u0000", NOW), INVALID);

    assertThat(documents.find(id))
        .hasValue(
            new RejectedDocument(
                id,
                NOW,
                NOW,
                1,
                Intake.SOURCE,
                "switch-1",
                RejectionReason.INVALID,
                1001,
                UUID_1,
                RejectedState.OPEN,
                "text/xml",
                INVALID.violations(),
                INVALID.cause(),
                null,
                null,
                null));
    RejectedBody body = documents.body(id).orElseThrow();
    assertThat(body.bytes()).isEqualTo("<cdr>\u0000".getBytes(UTF_8));
    assertThat(body.contentType()).isEqualTo("text/xml");
  }

  @Test
  void keepsADocumentWhateverItsSenderSaysOfIt() {
    Caller caller = new Caller("x".repeat(500), Set.of(Role.SWITCH), Set.of());
    String type = "text/xml;a=" + "x".repeat(500);
    long id =
        documents.keep(new Arrived(new byte[0], type, null, Intake.SOURCE, caller, NOW), BROKEN);

    assertThat(documents.find(id).orElseThrow().contentType()).isEqualTo(type.substring(0, 255));
  }

  @Test
  void countsTheSameBytesInsteadOfAddingARow() {
    long first = documents.keep(arrived("same", NOW), BROKEN);
    long other = documents.keep(arrived("other", NOW), BROKEN);
    long again = documents.keep(arrived("same", NOW.plusSeconds(5)), INVALID);

    assertThat(again).isEqualTo(first).isNotEqualTo(other);
    RejectedDocument document = documents.find(first).orElseThrow();
    assertThat(document.times()).isEqualTo(2);
    assertThat(document.receivedAt()).isEqualTo(NOW);
    assertThat(document.lastReceivedAt()).isEqualTo(NOW.plusSeconds(5));
    assertThat(document.reason()).isEqualTo(RejectionReason.INVALID);
  }

  @Test
  void leavesADiscardedOneDiscardedWhenItComesAgain() {
    long id = documents.keep(arrived("junk", NOW), BROKEN);
    assertThat(documents.decide(id, RejectedState.DISCARDED, why("anna", "a test call"))).isTrue();
    assertThat(documents.decide(id, RejectedState.ACCEPTED, why("bert", null))).isFalse();
    documents.keep(arrived("junk", NOW), BROKEN);

    RejectedDocument document = documents.find(id).orElseThrow();
    assertThat(document.state()).isEqualTo(RejectedState.DISCARDED);
    assertThat(document.decidedBy()).isEqualTo("anna");
    assertThat(document.decision()).isEqualTo("a test call");
    assertThat(document.decidedAt()).isEqualTo(NOW);
    assertThat(document.times()).isEqualTo(2);
  }

  @Test
  void reopensOneThatWasAcceptedUnchangedAndIsRefusedAgain() {
    long id = documents.keep(arrived("unknown organization", NOW), INVALID);
    documents.decide(id, RejectedState.ACCEPTED, why("anna", null));
    documents.keep(arrived("unknown organization", NOW), INVALID);

    assertThat(documents.find(id).orElseThrow().state()).isEqualTo(RejectedState.OPEN);
  }

  @Test
  void leavesOneThatWasAcceptedInAnotherFormAcceptedWhenItsOldBytesComeAgain() {
    long id = documents.keep(arrived("wrong", NOW), INVALID);
    documents.replaceBody(
        id, new Replacement("application/xml", "right".getBytes(UTF_8)), why("anna", null));
    documents.decide(id, RejectedState.ACCEPTED, why("anna", null));
    documents.keep(arrived("wrong", NOW), INVALID);

    assertThat(documents.find(id).orElseThrow().state()).isEqualTo(RejectedState.ACCEPTED);
    assertThat(documents.body(id).orElseThrow().bytes()).isEqualTo("right".getBytes(UTF_8));
  }

  @Test
  void listsNewestFirstPageByPage() {
    long a = documents.keep(arrived("a", NOW), BROKEN);
    long b = documents.keep(arrived("b", NOW), INVALID);
    long c = documents.keep(arrived("c", NOW), BROKEN);

    assertThat(ids(documents.list(ANY, null, 2))).containsExactly(c, b);
    assertThat(ids(documents.list(ANY, b, 2))).containsExactly(a);
  }

  @Test
  void listsByReasonSourceOrganizationStateAndTime() {
    long early = documents.keep(arrived("a", NOW.minusSeconds(60)), BROKEN);
    long late = documents.keep(arrived("b", NOW), INVALID);
    documents.decide(early, RejectedState.DISCARDED, why("anna", "noise"));

    assertThat(
            list(new RejectedFilter(RejectionReason.INVALID, null, null, null, null, null, null)))
        .containsExactly(late);
    assertThat(list(new RejectedFilter(null, "smdr", null, null, null, null, null))).isEmpty();
    assertThat(list(new RejectedFilter(null, Intake.SOURCE, 1001, null, null, null, null)))
        .containsExactly(late);
    assertThat(
            list(new RejectedFilter(null, null, null, RejectedState.DISCARDED, null, null, null)))
        .containsExactly(early);
    assertThat(list(new RejectedFilter(null, null, null, null, NOW, null, null)))
        .containsExactly(late);
    assertThat(list(new RejectedFilter(null, null, null, null, null, NOW, null)))
        .containsExactly(early);
  }

  @Test
  void neverLetsASenderWaitForADatabaseThatHangs() throws InterruptedException {
    try (Relay relay = new Relay(db)) {
      Clock clock = Clock.fixed(NOW, ZoneOffset.UTC);
      Keeping keeping =
          new Keeping(
              new RejectedDocuments(relay.database(), clock),
              new RejectedRepeats(relay.database(), clock),
              new Metrics());
      relay.freeze();
      assertThat(keeping.keep(arrived("x", NOW), BROKEN, Deadline.in(Duration.ofMillis(100))))
          .isEqualTo(new Answer.Later());
      relay.thaw();
      assertThat(keeping.keep(arrived("x", NOW), BROKEN, Deadline.in(Duration.ofSeconds(30))))
          .isInstanceOf(Answer.Rejected.class);
      keeping.stop();
    }
  }

  private static Audit.Entry why(String who, @Nullable String reason) {
    return new Audit.Entry(who, "rejected.decide", "rejected document", reason, null);
  }

  private List<Long> list(RejectedFilter filter) {
    return ids(documents.list(filter, null, 10));
  }

  private static List<Long> ids(List<RejectedDocument> documents) {
    return documents.stream().map(RejectedDocument::id).toList();
  }

  private static Arrived arrived(String body, Instant at) {
    Caller caller = new Caller("switch-1", Set.of(Role.SWITCH), Set.of());
    return new Arrived(body.getBytes(UTF_8), "text/xml", null, Intake.SOURCE, caller, at);
  }
}
