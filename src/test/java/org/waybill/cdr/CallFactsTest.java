package org.waybill.cdr;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class CallFactsTest {
  @Test
  void takesWhatOperatorsSearchByOutOfTheVariables() {
    assertThat(
            facts(
                new Variable("caller_id_number", "+15551234567"),
                new Variable("destination_number", "+15559876543"),
                new Variable("call_direction", "inbound"),
                new Variable("billsec", "245"),
                new Variable("operator_name", "Ann"),
                new Variable("operator_id", "7"),
                new Variable("hangup_cause", "NORMAL_CLEARING")))
        .isEqualTo(
            new CallFacts(
                "+15551234567", "+15559876543", "inbound", "NORMAL_CLEARING", 245, "Ann"));
  }

  @Test
  void leavesOutWhatIsNotThereOrNotANumber() {
    assertThat(facts(new Variable("billsec", "soon"), new Variable("call_direction", " ")))
        .isEqualTo(new CallFacts(null, null, null, null, null, null));
  }

  @Test
  void knowsAnOperatorWithoutANameByTheId() {
    assertThat(facts(new Variable("operator_id", "7")).operatorName()).isEqualTo("7");
    assertThat(facts(new Variable("operator_name", " "), new Variable("operator_id", "7")))
        .isEqualTo(new CallFacts(null, null, null, null, null, "7"));
  }

  @Test
  void cutsANumberThatIsLongerThanItsColumnBetweenCharacters() {
    String long64 = "😀".repeat(64);
    assertThat(facts(new Variable("caller_id_number", long64 + "1")).callingNumber())
        .isEqualTo(long64);
  }

  private static CallFacts facts(Variable... variables) {
    return CallFacts.of(
        new Cdr(
            UUID.randomUUID(),
            null,
            1705312800,
            TableSuffix.parse("20240115"),
            null,
            1001,
            null,
            List.of(variables)));
  }
}
