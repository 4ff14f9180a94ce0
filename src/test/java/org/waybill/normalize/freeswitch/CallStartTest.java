package org.waybill.normalize.freeswitch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.waybill.normalize.freeswitch.Mapped.cdr;
import static org.waybill.normalize.freeswitch.Mapped.messages;
import static org.waybill.normalize.freeswitch.Mapped.refused;

import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.waybill.cdr.Cdr;
import org.waybill.document.Violation;

class CallStartTest {
  private static final Map<String, String> NOTHING = Map.of();

  @ParameterizedTest
  @CsvSource({
    "1705312800, 1705312801000000, 1705312800",
    "0,          1705312801999999, 1705312801",
    "'',         1705312801999999, 1705312801",
    "nan,        1705312801999999, 1705312801",
    "'',         0,                1705312802",
    "'',         '',               1705312802"
  })
  void takesTheStartFromSecondsThenMicrosecondsThenTheOldestCallflow(
      String seconds, String micros, long expected) {
    SomeDocument document =
        SomeDocument.good()
            .but("start_epoch", seconds)
            .but("start_uepoch", micros)
            .callflow(NOTHING, Map.of("created_time", "1705399999000000"))
            .callflow(NOTHING, Map.of("created_time", "1705312802000001"));
    assertThat(cdr(document).startEpoch()).isEqualTo(expected);
  }

  @Test
  void refusesADocumentThatDoesNotSayWhenTheCallStarted() {
    assertThat(messages(SomeDocument.good().but("start_epoch", "0")))
        .containsExactly(
            "The document does not say when the call started: it has neither start_epoch, nor"
                + " start_uepoch, nor the created_time of a callflow.");
    assertThat(messages(SomeDocument.good().but("start_epoch", "yesterday")))
        .containsExactly("start_epoch must be a whole number, but is 'yesterday'.");
  }

  @Test
  void holdsTheStartToTheRulesOfAllDocuments() {
    assertThat(refused(SomeDocument.good().but("start_epoch", "946684799")).violations())
        .containsExactly(
            new Violation(
                3, 5, "StartEpoch must be 946684800 (2000-01-01) or later, but is 946684799."));
    long ahead = Clock.systemUTC().instant().plus(Duration.ofDays(2)).getEpochSecond();
    assertThat(messages(SomeDocument.good().but("start_epoch", Long.toString(ahead))))
        .containsExactly(
            "StartEpoch must be at most a day ahead of the present, but is " + ahead + ".");
    assertThat(messages(SomeDocument.good().but("start_epoch", "1705312800000")).get(0))
        .contains("looks like milliseconds");
  }

  @ParameterizedTest
  @CsvSource({
    "1705359600, 1001, 20240115, 0",
    "1705359600, 1002, 20240115, 60",
    "1721084400, 1002, 20240715, 120",
    "1705359600, 1003, 20240115, -300"
  })
  void keepsItUnderTheUtcDayAndTellsTheMinutesOfTheOrganizationsZone(
      String start, String organization, String day, int offset) {
    Cdr cdr = cdr(SomeDocument.good().but("start_epoch", start).but("rmOrgID", organization));
    assertThat(cdr.tableSuffix()).hasToString(day);
    assertThat(cdr.timeZoneOffset()).isEqualTo(offset);
  }
}
