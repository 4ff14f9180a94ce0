package org.waybill.task;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.URI;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.waybill.cdr.Cdr;
import org.waybill.cdr.TableSuffix;
import org.waybill.cdr.Variable;
import org.waybill.platform.DatabaseException;
import org.waybill.testing.AuditLines;
import org.waybill.testing.TestDatabase;

class TaskRulesTest {
  private static final long START = 1_795_000_000;

  private final TestDatabase db = TestDatabase.fresh();
  private final Gateways gateways = new Gateways(db.database(), Clock.systemUTC());
  private final TaskRules rules = new TaskRules(db.database(), gateways, Clock.systemUTC());

  @Test
  void keepsARuleAsItWasMade() {
    NewTaskRule values =
        new NewTaskRule(
            7,
            Map.of("a", "1*"),
            "SendEmail",
            Priority.LOW,
            List.of(new Field("To", "x"), new Field("Body", "\"é\" 😀\n")),
            true);
    TaskRule rule = rules.add(values, AuditLines.any());
    assertThat(rules.all()).containsExactly(rule);
    assertThat(rule.rule()).isEqualTo(values);
    assertThat(new TaskRules(db.database(), gateways, Clock.systemUTC()).find(rule.id()))
        .contains(rule);
  }

  @Test
  void appliesToCdrsOfItsOrganizationWhoseVariablesAllMatch() {
    TaskRule own = add(7, Map.of());
    TaskRule general = add(null, Map.of("direction", "inbound", "number", "+33*"));
    Variable inbound = new Variable("direction", "inbound");
    assertThat(rules.of(cdr(7, inbound), "test")).containsExactly(own);
    assertThat(rules.of(cdr(8, inbound), "test")).isEmpty();
    Cdr paris = cdr(8, inbound, new Variable("number", "+4411"), new Variable("number", "+331"));
    assertThat(rules.of(paris, "test")).containsExactly(general);
    assertThat(rules.of(cdr(8, inbound, new Variable("number", "33+33")), "test")).isEmpty();
    assertThat(rules.of(cdr(7, inbound, new Variable("number", "+33")), "test"))
        .containsExactly(general, own);
  }

  @Test
  void takesAStarAloneForAnyValueOfAVariableThatIsThere() {
    TaskRule rule = add(null, Map.of("recording_uri", "*"));
    assertThat(rules.of(cdr(7), "test")).isEmpty();
    assertThat(rules.of(cdr(7, new Variable("recording_uri", "")), "test")).containsExactly(rule);
  }

  @Test
  void appliesToCdrsOfItsSources() {
    NewTaskRule some =
        new NewTaskRule(null, Set.of("smdr", "a\"b"), Map.of(), "Fax", null, List.of(), true);
    TaskRule rule = rules.add(some, AuditLines.any());
    assertThat(rules.of(cdr(7), "smdr")).containsExactly(rule);
    assertThat(rules.of(cdr(7), "a\"b")).containsExactly(rule);
    assertThat(rules.of(cdr(7), "freeswitch")).isEmpty();
    assertThat(new TaskRules(db.database(), gateways, Clock.systemUTC()).all())
        .containsExactly(rule);
  }

  @Test
  void reportsToEveryConsumerOfTheOrganizationOnce() {
    int general = consumer(null);
    int another = consumer(null);
    int own = consumer(9);
    report(null, null);
    report(7, Integer.toString(another));
    assertThat(consumers(7)).containsExactly("" + general, "" + another);
    assertThat(consumers(9)).containsExactly("" + own);
  }

  @Test
  void reportsToTheConsumerThatARuleNamesUnlessItIsAnotherOrganizationsOwn() {
    consumer(null);
    int own = consumer(9);
    report(null, Integer.toString(own));
    assertThat(consumers(7)).isEmpty();
    assertThat(consumers(9)).containsExactly("" + own);
  }

  @Test
  void reportsToTheFirstConsumerThatThereWillBeWhileThereIsNone() {
    report(null, null);
    report(null, null);
    assertThat(rules.of(cdr(7), "test"))
        .singleElement()
        .satisfies(one -> assertThat(one.rule().fields()).isEmpty());
  }

  @Test
  void reportsEverythingToTheConsumerOfTheSettingsFromItsFirstStartOn() {
    URI url = URI.create("http://consumer/records");
    rules.seedConsumer(url);
    rules.seedConsumer(url);
    Gateway consumer = new Gateways(db.database(), Clock.systemUTC()).all().get(0);
    assertThat(consumer.kind()).isEqualTo("report");
    assertThat(consumer.url()).isEqualTo(url);
    assertThat(consumer.maxInFlight()).isEqualTo(1);
    assertThat(rules.all()).hasSize(1);
    assertThat(consumers(7)).containsExactly("" + consumer.id());
    rules.remove(rules.all().get(0).id(), AuditLines.any());
    rules.seedConsumer(url);
    assertThat(rules.all()).isEmpty();
  }

  private int consumer(@Nullable Integer rmOrgId) {
    URI url = URI.create("http://consumer/records");
    NewGateway gateway = new NewGateway("report", null, url, rmOrgId, null, 1, null);
    return gateways.add(gateway, true, AuditLines.any()).id();
  }

  private void report(@Nullable Integer rmOrgId, @Nullable String consumer) {
    List<Field> fields =
        consumer == null ? List.of() : List.of(new Field(FanOut.CONSUMER, consumer));
    rules.add(
        new NewTaskRule(rmOrgId, Map.of(), FanOut.CDR_REPORT, null, fields, true),
        AuditLines.any());
  }

  private List<String> consumers(int rmOrgId) {
    return rules.of(cdr(rmOrgId), "test").stream()
        .map(one -> one.rule().fields().get(0).value())
        .toList();
  }

  @Test
  void appliesNoRuleThatIsOutOfUseOrRemoved() {
    TaskRule rule = add(null, Map.of());
    NewTaskRule off = new NewTaskRule(null, Map.of(), "Fax", null, List.of(), false);
    assertThat(rules.update(rule.id(), off, AuditLines.any()))
        .contains(new TaskRule(rule.id(), off));
    assertThat(rules.of(cdr(7), "test")).isEmpty();
    assertThat(rules.remove(rule.id(), AuditLines.any())).isPresent();
    assertThat(rules.all()).isEmpty();
    assertThat(rules.remove(rule.id(), AuditLines.any())).isEmpty();
    assertThat(rules.update(rule.id(), off, AuditLines.any())).isEmpty();
    assertThat(db.count("SELECT COUNT(*) FROM audit_log")).isEqualTo(3);
  }

  @Test
  void changesNothingWithoutItsAuditLine() {
    NewTaskRule values = new NewTaskRule(null, Map.of(), "Fax", null, List.of(), true);
    assertThatThrownBy(() -> rules.add(values, AuditLines.refused()))
        .isInstanceOf(DatabaseException.class);
    assertThat(rules.all()).isEmpty();
  }

  @Test
  void hasNoTypeThatADocumentCouldNotHave() {
    assertThatThrownBy(() -> new NewTaskRule(null, Map.of(), "a\"b", null, List.of(), true))
        .hasMessage("'a\"b' cannot be the type of a task.");
  }

  private TaskRule add(@Nullable Integer rmOrgId, Map<String, String> when) {
    return rules.add(
        new NewTaskRule(rmOrgId, when, "Fax", null, List.of(), true), AuditLines.any());
  }

  private static Cdr cdr(int rmOrgId, Variable... variables) {
    return new Cdr(
        UUID.randomUUID(),
        null,
        START,
        TableSuffix.ofEpochSecond(START),
        null,
        rmOrgId,
        null,
        List.of(variables));
  }
}
