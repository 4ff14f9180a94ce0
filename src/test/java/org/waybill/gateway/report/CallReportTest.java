package org.waybill.gateway.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.waybill.cdr.Cdr;
import org.waybill.cdr.TableSuffix;
import org.waybill.cdr.Variable;

class CallReportTest {
  private static final UUID ID = UUID.fromString("11111111-2222-3333-4444-555555555555");
  private static final long START = 1_795_000_000;

  @Test
  void namesACallByItsOwnNumberElseByTheUuid() {
    assertThat(report(variable("call_id", "-42")).callId()).isEqualTo("-42");
    for (String text : List.of("", "abc", "007", "1.0", "12345678901234567890")) {
      assertThat(report(variable("call_id", text)).callId()).isEqualTo(ID.toString());
    }
    assertThat(report().callId()).isEqualTo(ID.toString());
  }

  @Test
  void takesTheDurationElseTheAnsweredSecondsElseTheTimeToTheEnd() {
    Variable end = variable("end_epoch", Long.toString(START + 30));
    Variable answered = variable("billsec", "20");
    assertThat(report(end, answered, variable("duration", "25")).durationSeconds()).isEqualTo(25);
    assertThat(report(end, answered, variable("duration", "")).durationSeconds()).isEqualTo(20);
    assertThat(report(end).durationSeconds()).isEqualTo(30);
    assertThat(report().durationSeconds()).isZero();
  }

  @Test
  void neverEndsBeforeItBegan() {
    CallReport report = report(variable("end_epoch", "1"), variable("number_of_events", "-3"));
    assertThat(report.endTime()).isEqualTo(report.startTime());
    assertThat(report.numberOfEvents()).isZero();
    assertThat(report(variable("duration", "999999999999999999")).endTime())
        .isAfter(report.startTime());
  }

  @Test
  void knowsNoOperatorWhereASourceNamesNone() {
    CallReport report = report(variable("operator_id", " "), variable("operator_name", "Zoë"));
    assertThat(report.operatorId()).isNull();
    assertThat(report.operatorName()).isEqualTo("Zoë");
    assertThat(report.callResult()).isNull();
    assertThat(report.initiatorPhone()).isEmpty();
  }

  private static Variable variable(String name, String value) {
    return new Variable(name, value);
  }

  private static CallReport report(Variable... variables) {
    TableSuffix day = TableSuffix.ofEpochSecond(START);
    return CallReport.of(new Cdr(ID, null, START, day, null, 7, null, List.of(variables)));
  }
}
