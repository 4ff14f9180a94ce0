package org.waybill.task;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Clock;
import java.util.List;
import java.util.Map;
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
