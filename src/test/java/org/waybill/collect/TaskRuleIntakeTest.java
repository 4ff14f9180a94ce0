package org.waybill.collect;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Clock;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.waybill.access.Caller;
import org.waybill.access.Role;
import org.waybill.task.Field;
import org.waybill.task.NewTaskRule;
import org.waybill.task.Priority;
import org.waybill.task.StoredTask;
import org.waybill.testing.AuditLines;
import org.waybill.testing.TestDatabase;

/** What task rules make of documents on their way to a real database. */
class TaskRuleIntakeTest {
  private static final Caller SWITCH = new Caller("key:pbx", Set.of(Role.SWITCH), Set.of());

  private final TestDatabase db = TestDatabase.fresh();
  private final SomeIntake some =
      new SomeIntake(db, db.database(), Clock.fixed(SomeCdrs.NOW, ZoneOffset.UTC));
  private final UUID uuid = UUID.randomUUID();

  @AfterEach
  void stop() throws InterruptedException {
    some.stop();
  }

  @Test
  void addsTheTasksOfRulesBesideThoseOfTheDocument() {
    rule(null, Map.of(), "SendEmail", Priority.LOW, new Field("To", "a&b@example.org"));
    rule(1001, Map.of("kind", "fax*"), "Fax", null);
    rule(1002, Map.of(), "NotOurs", null);
    assertThat(types(accepted(xml("<kind>voice</kind>"))))
        .containsExactly("CDRToSGAPI", "SendEmail");
    assertThat(db.one("SELECT xml_fragment FROM tasks_data WHERE xml_fragment LIKE '%SendEmail%'"))
        .isEqualTo("<task type=\"SendEmail\" priority=\"low\"><To>a&amp;b@example.org</To></task>");
    assertThat(types(accepted(SomeIntake.xml(UUID.randomUUID(), 1001, "<kind>fax-in</kind>"))))
        .containsExactly("CDRToSGAPI", "SendEmail", "Fax");
  }

  @Test
  void leavesTheDocumentAndItsHashAsTheyAre() {
    String xml = xml("");
    accepted(xml);
    rule(null, Map.of(), "SendEmail", null);
    Verdict.Accepted again = accepted(xml);
    assertThat(again.duplicate()).isTrue();
    assertThat(types(again)).containsExactly("CDRToSGAPI");
    assertThat(db.count("SELECT COUNT(*) FROM tasks")).isEqualTo(1);
    assertThat(db.one("SELECT xml FROM normalized_cdrs")).doesNotContain("SendEmail");
  }

  @Test
  void replacesNoTaskThatARawDocumentHasOfItself() {
    rule(1001, Map.of("words", "*"), "CDRToSGAPI", null, new Field("rmDispStoreItems", "2"));
    Answer answer =
        some.intake.accept(
            new Arrived(
                ("org=1001\nuuid=" + uuid).getBytes(UTF_8),
                "text/plain",
                null,
                SomeDialect.FORMAT,
                SWITCH,
                SomeCdrs.NOW),
            soon());
    Verdict.Accepted verdict = ((Answer.Accepted) answer).verdict();
    assertThat(verdict.tasks())
        .extracting(StoredTask::priority)
        .containsExactly(Priority.HIGH, Priority.MEDIUM);
    assertThat(db.count("SELECT COUNT(*) FROM deliveries WHERE id_tasks = " + last(verdict).id()))
        .isEqualTo(2);
  }

  @Test
  void completesACdrToSgapiTaskFromTheVariablesAsADocumentsOwn() {
    rule(null, Map.of(), "CDRToSGAPI", null, new Field("rmDispStoreItems", "0"));
    Verdict.Accepted verdict =
        accepted(
            xml(
                "<rmAnalyticsItems>2</rmAnalyticsItems><rmTaskPriority>low</rmTaskPriority>"
                    + "<rmDispStoreItems>3</rmDispStoreItems>"));
    assertThat(last(verdict).priority()).isEqualTo(Priority.LOW);
    assertThat(
            db.one(
                "SELECT GROUP_CONCAT(kind ORDER BY item) FROM deliveries WHERE id_tasks = "
                    + last(verdict).id()))
        .isEqualTo("analytics,analytics");
  }

  @Test
  void refusesNoDocumentForWhatOnlyARuleWouldReadInIt() {
    rule(null, Map.of(), "CDRToSGAPI", null);
    String unchecked =
        xml("<rmDispStoreItems>999</rmDispStoreItems><rmTaskPriority>soon</rmTaskPriority>")
            .replace("<task type=\"CDRToSGAPI\" priority=\"high\"/>", "");
    assertThat(last(accepted(unchecked)).priority()).isEqualTo(Priority.MEDIUM);
  }

  private void rule(
      @Nullable Integer rmOrgId,
      Map<String, String> when,
      String type,
      @Nullable Priority priority,
      Field... fields) {
    some.rules.add(
        new NewTaskRule(rmOrgId, when, type, priority, List.of(fields), true), AuditLines.any());
  }

  private Verdict.Accepted accepted(String xml) {
    Answer answer =
        some.intake.accept(
            new Arrived(xml.getBytes(UTF_8), "text/xml", null, Intake.SOURCE, SWITCH, SomeCdrs.NOW),
            soon());
    assertThat(answer).isInstanceOf(Answer.Accepted.class);
    return ((Answer.Accepted) answer).verdict();
  }

  private String xml(String variables) {
    return SomeIntake.xml(uuid, 1001, variables);
  }

  private static List<String> types(Verdict.Accepted verdict) {
    return verdict.tasks().stream().map(StoredTask::type).toList();
  }

  private static StoredTask last(Verdict.Accepted verdict) {
    return verdict.tasks().get(verdict.tasks().size() - 1);
  }

  private static Deadline soon() {
    return Deadline.in(Duration.ofSeconds(30));
  }
}
