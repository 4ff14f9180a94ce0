package org.waybill.collect;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.sql.ResultSet;
import java.sql.Statement;
import java.time.Clock;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.waybill.access.Caller;
import org.waybill.access.Role;
import org.waybill.cdr.CdrStore;
import org.waybill.cdr.StoredCdr;
import org.waybill.cdr.StoredRaw;
import org.waybill.platform.Metrics;
import org.waybill.report.CdrSearch;
import org.waybill.testing.TestDatabase;

/** The way of a raw document, by a small dialect of its own. */
class RawIntakeTest {
  private static final Clock CLOCK = Clock.fixed(SomeCdrs.NOW, ZoneOffset.UTC);
  private static final Caller SWITCH = new Caller("key:pbx", Set.of(Role.SWITCH), Set.of());
  private static final Caller BOUND = new Caller("key:own", Set.of(Role.SWITCH), Set.of(1001));
  private static final Caller OPERATOR = new Caller("anna", Set.of(Role.OPERATOR), Set.of());

  private final TestDatabase db = TestDatabase.fresh();
  private final SomeIntake some = new SomeIntake(db, db.database(), CLOCK);
  private final RejectedDecisions decisions =
      new RejectedDecisions(some.documents, new Resubmission(some.intake, CLOCK));
  private final CdrSearch cdrs = new CdrSearch(db.database(), new CdrStore(CLOCK));
  private final UUID uuid = UUID.randomUUID();

  @AfterEach
  void stop() throws InterruptedException {
    some.stop();
  }

  @Test
  void keepsTheBytesAsTheyCameBesideTheirCdr() {
    String body = "org=1001\nuuid=" + uuid + "\nnoise=\u0000é\n".repeat(500);
    accepted(body, SWITCH, "a_" + uuid);

    StoredCdr cdr = cdrs.find(uuid).orElseThrow();
    StoredRaw raw = cdrs.raw(cdr).orElseThrow();
    assertThat(raw)
        .isEqualTo(
            new StoredRaw(
                1,
                SomeDialect.FORMAT,
                7,
                "text/plain",
                "a_" + uuid,
                body.getBytes(UTF_8).length,
                "[{\"kind\":\"some-kind\",\"where\":\"line 1\",\"before\":\"before\","
                    + "\"after\":\"after \\\"quoted\\\" é\"}]",
                "key:pbx",
                SomeCdrs.NOW));
    assertThat(cdrs.rawBody(cdr).orElseThrow()).isEqualTo(body.getBytes(UTF_8));
    assertThat(one("SELECT UNCOMPRESS(body) FROM raw_cdrs")).isEqualTo(body);
    assertThat(one("SELECT LENGTH(body) < 1000 FROM raw_cdrs")).isEqualTo("1");
    assertThat(cdr.source()).isEqualTo(SomeDialect.FORMAT);
  }

  @Test
  void packsALongDocumentAndShowsItByPlainSql() {
    String xml = SomeIntake.xml(uuid, 1001, "<a>" + "é words ".repeat(1_000) + "</a>");
    Answer answer =
        some.intake.accept(
            new Arrived(xml.getBytes(UTF_8), "text/xml", null, Intake.SOURCE, SWITCH, SomeCdrs.NOW),
            soon());
    assertThat(answer).isInstanceOf(Answer.Accepted.class);
    assertThat(one("SELECT xml FROM normalized_cdrs")).endsWith(xml);
    assertThat(one("SELECT plain IS NULL AND LENGTH(packed) < 1000 FROM normalized_cdrs"))
        .isEqualTo("1");
    assertThat(cdrs.find(uuid).orElseThrow().xml()).endsWith(xml);
  }

  @Test
  void keepsNoBytesBesideADocumentThatIsTheCdr() {
    Answer answer =
        some.intake.accept(
            new Arrived(
                SomeIntake.xml(uuid, 1001).getBytes(UTF_8),
                "text/xml",
                null,
                Intake.SOURCE,
                SWITCH,
                SomeCdrs.NOW),
            soon());
    assertThat(answer).isInstanceOf(Answer.Accepted.class);
    assertThat(one("SELECT COUNT(*) FROM raw_cdrs")).isEqualTo("0");
    assertThat(cdrs.raw(cdrs.find(uuid).orElseThrow())).isEmpty();
  }

  @Test
  void takesAnEmptyBodyAndTheUuidOfItsAddress() {
    accepted("", BOUND, "a_" + uuid);
    assertThat(cdrs.rawBody(cdrs.find(uuid).orElseThrow()).orElseThrow()).isEmpty();
    assertThat(one("SELECT LENGTH(UNCOMPRESS(body)) FROM raw_cdrs")).isEqualTo("0");
  }

  @Test
  void judgesARepeatByWhatTheDocumentSaysAndNotByItsBytes() {
    assertThat(accepted("org=1001\nwords=a\nnoise=1", SWITCH, "" + uuid).duplicate()).isFalse();
    assertThat(accepted("noise=2\nwords=a\norg=1001", SWITCH, "a_" + uuid).duplicate()).isTrue();
    assertThat(rejected("org=1001\nwords=b", SWITCH, "" + uuid).rejection().reason())
        .isEqualTo(RejectionReason.CONFLICT);
    assertThat(one("SELECT COUNT(*) FROM raw_cdrs")).isEqualTo("1");
  }

  @Test
  void keepsOneOfAnOrganizationThatIsNotTheSenders() {
    some.add(1002, true);
    Answer.Rejected rejected = rejected("org=1002", BOUND, "" + uuid);
    assertThat(rejected.rejection().reason()).isEqualTo(RejectionReason.FORBIDDEN_ORGANIZATION);
    assertThat(decisions.resubmit(rejected.rejectedId(), null, OPERATOR))
        .isInstanceOf(Decision.Accepted.class);
  }

  @Test
  void keepsOneThatItsDialectFailsOver() {
    assertThat(rejected("fail=1", SWITCH, "" + uuid).rejection().reason())
        .isEqualTo(RejectionReason.UNSTORABLE);
  }

  @Test
  void resubmitsWithTheAddressAndTheOrganizationThatItCameWith() {
    Answer.Rejected rejected = rejected("fail=1", BOUND, "a_" + uuid);
    Replacement mended = new Replacement("text/plain", "words=mended".getBytes(UTF_8));
    Decision decision = decisions.resubmit(rejected.rejectedId(), mended, OPERATOR);

    assertThat(decision).isInstanceOf(Decision.Accepted.class);
    assertThat(((Decision.Accepted) decision).cdr()).isEqualTo(uuid);
    assertThat(cdrs.find(uuid).orElseThrow().rmOrgId()).isEqualTo(1001);
    assertThat(db.one("SELECT sender FROM raw_cdrs")).isEqualTo(BOUND.name());
  }

  @Test
  void keepsTheSameBytesOfDifferentCallsApart() {
    long first = rejected("fail=1", SWITCH, "" + uuid).rejectedId();
    assertThat(rejected("fail=1", SWITCH, "" + uuid).rejectedId()).isEqualTo(first);
    assertThat(rejected("fail=1", SWITCH, "" + UUID.randomUUID()).rejectedId()).isNotEqualTo(first);
  }

  @Test
  void takesOneOffTheListThatIsAcceptedWhenItComesAgain() throws InterruptedException {
    String body = "org=2001";
    long same = rejected(body, SWITCH, "" + uuid).rejectedId();
    long other = rejected("org=2001\nwords=x", SWITCH, "" + uuid).rejectedId();
    some.add(2001, true);
    accepted(body, SWITCH, "" + uuid);
    some.keeping.stop();

    RejectedDocument settled = some.documents.find(same).orElseThrow();
    assertThat(settled.state()).isEqualTo(RejectedState.ACCEPTED);
    assertThat(settled.decision()).isEqualTo("It was sent again and became the CDR " + uuid + ".");
    assertThat(settled.decidedBy()).isEqualTo("key:pbx");
    assertThat(some.documents.find(other).orElseThrow().state()).isEqualTo(RejectedState.OPEN);
  }

  @Test
  void takesOneOffTheListThatAnotherNodeKept() throws InterruptedException {
    long id = rejected("org=2001", SWITCH, "" + uuid).rejectedId();
    SomeNode other = new SomeNode();
    some.add(2001, true);
    other.keeping.accepted(arrived("org=2001", SWITCH, "" + uuid), uuid);
    other.keeping.stop();
    assertThat(some.documents.find(id).orElseThrow().state()).isEqualTo(RejectedState.ACCEPTED);
  }

  private final class SomeNode {
    final Keeping keeping =
        new Keeping(
            new RejectedDocuments(db.database(), CLOCK),
            new RejectedRepeats(db.database(), CLOCK),
            new Metrics());
  }

  private Verdict.Accepted accepted(String body, Caller caller, String urlUuid) {
    Answer answer = some.intake.accept(arrived(body, caller, urlUuid), soon());
    assertThat(answer).isInstanceOf(Answer.Accepted.class);
    return ((Answer.Accepted) answer).verdict();
  }

  private Answer.Rejected rejected(String body, Caller caller, String urlUuid) {
    Answer answer = some.intake.accept(arrived(body, caller, urlUuid), soon());
    assertThat(answer).isInstanceOf(Answer.Rejected.class);
    return (Answer.Rejected) answer;
  }

  private static Arrived arrived(String body, Caller caller, @Nullable String urlUuid) {
    return new Arrived(
        body.getBytes(UTF_8),
        "text/plain",
        null,
        SomeDialect.FORMAT,
        caller,
        SomeCdrs.NOW,
        urlUuid);
  }

  private static Deadline soon() {
    return Deadline.in(Duration.ofSeconds(30));
  }

  private String one(String sql) {
    return db.database()
        .read(
            "ask",
            connection -> {
              try (Statement statement = connection.createStatement();
                  ResultSet row = statement.executeQuery(sql)) {
                row.next();
                return String.valueOf(row.getString(1));
              }
            });
  }
}
