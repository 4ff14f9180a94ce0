package org.waybill.normalize.smdr;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.Charset;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.waybill.cdr.Cdr;
import org.waybill.cdr.Variable;
import org.waybill.document.Violation;
import org.waybill.normalize.Normalization;
import org.waybill.normalize.Normalization.Fault;
import org.waybill.normalize.Normalization.Made;
import org.waybill.normalize.Normalization.Unusable;
import org.waybill.normalize.Normalized;
import org.waybill.normalize.RawDocument;
import org.waybill.normalize.ReadBack;
import org.waybill.normalize.Repair;
import org.waybill.normalize.SomeOrganizations;
import org.waybill.platform.Settings;

class SmdrDialectTest {
  private static final SmdrDialect DIALECT =
      new SmdrDialect(
          SomeOrganizations.stored(),
          Clock.fixed(Instant.parse("2026-11-21T10:30:00Z"), ZoneOffset.UTC),
          settings());

  /** The specification's own line. */
  private static final String SIMPLE =
      "170925 1547 00252                    2434 0                2432";

  /** Without an account, an interexchange carrier or an outgoing circuit. */
  private static final String TELESEER =
      "   15470029A  9 77 00442071838750 2432               7  12   01234567       \r\n\0\0\0";

  /** A caller on hold, then transferred. */
  private static final String FIRST =
      "2025/09/17 15:44:08,00:00:13,7,0142685300,I,2001,2001,,0,1000014160,1,E2001,Ann Example,"
          + "T9002,LINE 1.2,11,0";

  private static final String LAST =
      "2025/09/17 15:44:08,00:01:21,0,0142685300,I,2001,2001,,0,1000014160,0,E2002,Bob Example,"
          + "T9002,LINE 1.2,0,0";

  private static Settings settings() {
    Map<String, String> set =
        Map.of(
            "waybill.smdr.custom",
            "date:6:MMDDYY,space:1,time:4,space:1,sec-dur:5,space:1,calling-num:15,space:1,"
                + "dialed-num:23,space:1,auth-code:13,space:1,cond-code:1,return:1,line-feed:1");
    return Settings.from(set::get, set.keySet());
  }

  // The specification's line

  @Test
  void bringsTheLineOfTheSpecification() {
    Cdr cdr = cdr(SIMPLE);
    assertThat(cdr.startEpoch()).isEqualTo(seconds("2025-09-17T15:44:08Z"));
    assertThat(cdr.tableSuffix()).hasToString("20250917");
    assertThat(cdr.rmOrgId()).isEqualTo(SomeOrganizations.PLAIN);
    assertThat(cdr.variables())
        .containsExactlyInAnyOrder(
            new Variable("caller_id_number", "2432"),
            new Variable("destination_number", "2434"),
            new Variable("call_code", "0"),
            new Variable("duration", "172"),
            new Variable("billsec", "172"));
  }

  @Test
  void readsTheTimeWhereTheOrganizationIs() {
    Cdr cdr = cdr(SIMPLE, null, SomeOrganizations.PARIS);
    assertThat(cdr.startEpoch()).isEqualTo(seconds("2025-09-17T13:44:08Z"));
    assertThat(cdr.timeZoneOffset()).isEqualTo(120);
  }

  @ParameterizedTest
  @CsvSource({
    "170925 1547 00252 2434 0 2432,           2025-09-17T15:44:08Z, 172",
    "170925 154730 45 2434 0 2432,            2025-09-17T15:46:45Z, 45",
    "170925 1547 0 2434 0 2432,               2025-09-17T15:47:00Z, 0",
    "170925 1547 95959 2434 0 2432,           2025-09-17T05:47:01Z, 35999",
    "170925 0001 00200 2434 0 2432 more here, 2025-09-16T23:59:00Z, 120",
    "010925 0000 00001 2434 0 2432,           2025-08-31T23:59:59Z, 1",
    "010126 0030 10000 2434 0 2432,           2025-12-31T23:30:00Z, 3600",
    "010324 0000 00100 2434 0 2432,           2024-02-29T23:59:00Z, 60"
  })
  void findsTheStartOfALine(String line, String start, String duration) {
    Cdr cdr = cdr(line);
    assertThat(cdr.startEpoch()).isEqualTo(seconds(start));
    assertThat(cdr.variable("billsec")).isEqualTo(duration);
    assertThat(cdr.variable("destination_number")).isEqualTo("2434");
    assertThat(cdr.variable("caller_id_number")).isEqualTo("2432");
  }

  @Test
  void keepsBlankFieldsBlankInTheColumnsOfTheSpecification() {
    Cdr noCaller = cdr(SIMPLE.substring(0, 43));
    assertThat(noCaller.variable("destination_number")).isEqualTo("2434");
    assertThat(noCaller.variable("call_code")).isEqualTo("0");
    assertThat(noCaller.variable("caller_id_number")).isNull();
    Cdr noCode = cdr(SIMPLE.replace(" 0 ", "   "));
    assertThat(noCode.variable("call_code")).isNull();
    assertThat(noCode.variable("caller_id_number")).isEqualTo("2432");
    Cdr noCalled = cdr(SIMPLE.replace("2434", "    "));
    assertThat(noCalled.variable("destination_number")).isNull();
    assertThat(noCalled.variable("caller_id_number")).isEqualTo("2432");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        " \r\n",
        "garbage",
        "170925 1547 00252 2434 0",
        "320925 1547 00252 2434 0 2432",
        "290225 1547 00252 2434 0 2432",
        "170925 2460 00252 2434 0 2432",
        "170925 1547 00260 2434 0 2432",
        "170925 1547 06000 2434 0 2432",
        "170925 1547 0252 2434 0 2432",
        "170925 1547 x0252 2434 0 2432",
        "GET / HTTP/1.1 a b c",
        "0917"
      })
  void refusesWhatIsNoSuchLine(String line) {
    assertThat(refused(line, null).fault()).isEqualTo(Fault.NOT_WELL_FORMED);
  }

  @Test
  void tellsAllThatIsWrongAndWhere() {
    assertThat(refused("320925 2547 x 2434 0 2432", null).violations())
        .containsExactly(
            new Violation(1, 1, "The date must be DDMMYY, such as 170925, but is '320925'."),
            new Violation(1, 8, "The time must be HHMM or HHMMSS, such as 1547, but is '2547'."),
            new Violation(
                1,
                13,
                "The duration must be up to three digits of seconds, or HMMSS such as 00252, but is"
                    + " 'x'."));
  }

  @Test
  void refusesACallOfTheFuture() {
    assertThat(refused("231126 1547 00252 2434 0 2432", null).fault()).isEqualTo(Fault.INVALID);
  }

  // Identity

  @Test
  void knowsALineThatComesAgainHoweverItIsPadded() {
    Normalized once = normalized(SIMPLE, null, SomeOrganizations.PLAIN);
    Normalized again =
        normalized("\0\0\0" + SIMPLE + "  \r\n\0\0\0", null, SomeOrganizations.PLAIN);
    assertThat(again.cdr().uuid()).isEqualTo(once.cdr().uuid());
    assertThat(again.contentHash()).isEqualTo(once.contentHash());
    assertThat(once.cdr().uuid().version()).isEqualTo(5);
    assertThat(cdr(SIMPLE, null, SomeOrganizations.PARIS).uuid()).isNotEqualTo(once.cdr().uuid());
    assertThat(cdr(SIMPLE.replace("2432", "2433")).uuid()).isNotEqualTo(once.cdr().uuid());
  }

  @Test
  void tellsTheSameLineOfTwoDaysApart() {
    Cdr one = cdr(TELESEER, "text/x-smdr; layout=teleseer; date=2026-11-19");
    Cdr other = cdr(TELESEER, "text/x-smdr; layout=teleseer; date=2026-11-20");
    assertThat(one.uuid()).isNotEqualTo(other.uuid());
    assertThat(one.startEpoch() + 86_400).isEqualTo(other.startEpoch());
  }

  // Columns

  @Test
  void bringsARecordInColumns() {
    Cdr cdr = cdr(TELESEER, "text/x-smdr; layout=teleseer; date=2026-11-20");
    assertThat(cdr.startEpoch()).isEqualTo(seconds("2026-11-20T15:44:06Z"));
    assertThat(cdr.variables())
        .containsExactlyInAnyOrder(
            new Variable("condition_code", "A"),
            new Variable("call_code", "A"),
            new Variable("call_direction", "outbound"),
            new Variable("hangup_cause", "NORMAL_CLEARING"),
            new Variable("caller_id_number", "2432"),
            new Variable("destination_number", "00442071838750"),
            new Variable("code_dial", "9"),
            new Variable("code_used", "77"),
            new Variable("frl", "7"),
            new Variable("in_crt_id", "12"),
            new Variable("feat_flag", "0"),
            new Variable("auth_code", "1234567"),
            new Variable("duration", "174"),
            new Variable("billsec", "174"));
  }

  @ParameterizedTest
  @CsvSource({
    "0, internal, NORMAL_CLEARING,   120",
    "1, ,         NORMAL_CLEARING,   120",
    "4, ,         ,                  120",
    "7, outbound, NORMAL_CLEARING,   120",
    "9, inbound,  NORMAL_CLEARING,   120",
    "A, outbound, NORMAL_CLEARING,   120",
    "C, ,         NORMAL_CLEARING,   120",
    "E, ,         ,                  120",
    "G, inbound,  ,                  0",
    "H, inbound,  ORIGINATOR_CANCEL, 0",
    "I, inbound,  USER_BUSY,         0"
  })
  void tellsWhatAConditionCodeSays(String code, String direction, String cause, String answered) {
    Cdr cdr =
        custom("112026 1547 00120            2432                    2434               " + code);
    assertThat(cdr.variable("condition_code")).isEqualTo(code);
    assertThat(cdr.variable("call_code")).isEqualTo(code);
    assertThat(cdr.variable("call_direction")).isEqualTo(direction);
    assertThat(cdr.variable("hangup_cause")).isEqualTo(cause);
    assertThat(cdr.variable("duration")).isEqualTo("120");
    assertThat(cdr.variable("billsec")).isEqualTo(answered);
  }

  @Test
  void saysNothingOfALengthThatTheSwitchDoesNotKnow() {
    Cdr cdr = cdr("   15479999A", "text/x-smdr; layout=teleseer; date=2026-11-20");
    assertThat(cdr.startEpoch()).isEqualTo(seconds("2026-11-20T15:47:00Z"));
    assertThat(cdr.variable("billsec")).isNull();
    assertThat(cdr.variable("duration")).isNull();
  }

  @Test
  void refusesALineOfAnotherLayout() {
    assertThat(refused(TELESEER, "text/x-smdr; layout=printer; date=2026-11-20").violations())
        .isNotEmpty();
    assertThat(refused("1547 0029 9", "text/x-smdr; layout=teleseer; date=2026-11-20").violations())
        .contains(new Violation(1, 1, "Column 1 must be blank, but is '154'."));
    assertThat(refused(SIMPLE, "text/x-smdr; layout=sample").violations())
        .contains(new Violation(0, 0, "There is no layout 'sample'; see docs/avaya.md."));
  }

  @Test
  void needsTheDayOfARecordWithoutADate() {
    assertThat(refused(TELESEER, "text/x-smdr; layout=teleseer").violations().get(0).message())
        .startsWith("A record of this layout does not tell its day");
  }

  // Hours that come twice, and one that does not come

  @ParameterizedTest
  @CsvSource({
    "251026 0230 00000 1 0 2, text/x-smdr,         2026-10-25T00:30:00Z",
    "251026 0230 00000 1 0 2, text/x-smdr; fold=1, 2026-10-25T01:30:00Z",
    "251026 0330 13000 1 0 2, text/x-smdr,         2026-10-25T01:00:00Z",
    "290326 0230 00000 1 0 2, text/x-smdr,         2026-03-29T01:30:00Z",
    "290326 0310 01500 1 0 2, text/x-smdr,         2026-03-29T00:55:00Z"
  })
  void countsRealSecondsWhenClocksChange(String line, String type, String start) {
    assertThat(cdr(line, type, SomeOrganizations.PARIS).startEpoch()).isEqualTo(seconds(start));
  }

  // IP Office

  @Test
  void joinsTheSegmentsOfACall() {
    Cdr cdr = cdr(FIRST + "\r\n" + LAST + "\r\n");
    assertThat(cdr.startEpoch()).isEqualTo(seconds("2025-09-17T15:44:08Z"));
    assertThat(cdr.variable("caller_id_number")).isEqualTo("0142685300");
    assertThat(cdr.variable("destination_number")).isEqualTo("2001");
    assertThat(cdr.variable("call_direction")).isEqualTo("inbound");
    assertThat(cdr.variable("hangup_cause")).isEqualTo("NORMAL_CLEARING");
    assertThat(cdr.variable("billsec")).isEqualTo("94");
    assertThat(cdr.variable("duration")).isEqualTo("112");
    assertThat(cdr.variable("call_id")).isEqualTo("1000014160");
    assertThat(cdr.variable("segments")).isEqualTo("2");
    assertThat(cdr.variables())
        .filteredOn(variable -> variable.name().equals("party1_name"))
        .extracting(Variable::value)
        .containsExactly("Ann Example", "Bob Example");
  }

  @Test
  void refusesSegmentsThatAreNoWholeCall() {
    assertThat(refused(FIRST, null).violations().get(0).message())
        .startsWith("This line announces another one of its call");
    assertThat(refused(LAST + "\n" + LAST, null).violations().get(0).message())
        .startsWith("This line says that it is the call's last");
    assertThat(refused(FIRST + "\n" + LAST.replace("14160", "14161"), null).violations())
        .containsExactly(
            new Violation(
                2, 1, "This line is of another call than the first; send each call by itself."));
    assertThat(refused(LAST.replace("Bob Example", "Example, Bob"), null).violations())
        .extracting(Violation::message)
        .anyMatch(message -> message.startsWith("Field 16, hold_time, must be such as 12"));
  }

  @Test
  void tellsACallWithinTheSystem() {
    Cdr cdr = cdr(LAST.replace("I,2001,2001,,0", "O,2001,2001,,1").replace("00:01:21", "00:00:00"));
    assertThat(cdr.variable("call_direction")).isEqualTo("internal");
    assertThat(cdr.variable("hangup_cause")).isNull();
    assertThat(cdr.variable("billsec")).isEqualTo("0");
  }

  @Test
  void readsOldBytesAsTheLettersTheyAre() {
    byte[] latin = LAST.replace("Bob", "René").getBytes(Charset.forName("windows-1252"));
    Normalization normalization =
        DIALECT.normalize(new RawDocument(latin, null, null), SomeOrganizations.of(1001));
    assertThat(ReadBack.proven(normalization).cdr().variable("party1_name"))
        .isEqualTo("René Example");
    assertThat(((Made) normalization).repairs())
        .extracting(Repair::kind)
        .containsExactly("bad-encoding");
  }

  // Organization

  @Test
  void keepsALineOfNobodyFromTheCdrs() {
    Normalization normalization =
        DIALECT.normalize(
            new RawDocument(SIMPLE.getBytes(US_ASCII), null, null), SomeOrganizations.ANYBODYS);
    assertThat(((Unusable) normalization).fault()).isEqualTo(Fault.UNKNOWN_ORGANIZATION);
  }

  private static Long seconds(String instant) {
    return Instant.parse(instant).getEpochSecond();
  }

  private static Cdr custom(String line) {
    return cdr(line, "text/x-smdr; layout=custom");
  }

  private static Cdr cdr(String line) {
    return cdr(line, null);
  }

  private static Cdr cdr(String line, @Nullable String type) {
    return cdr(line, type, SomeOrganizations.PLAIN);
  }

  private static Cdr cdr(String line, @Nullable String type, int organization) {
    return normalized(line, type, organization).cdr();
  }

  private static Normalized normalized(String line, @Nullable String type, int organization) {
    return ReadBack.proven(normalization(line, type, organization));
  }

  private static Unusable refused(String line, @Nullable String type) {
    Normalization normalization = normalization(line, type, SomeOrganizations.PLAIN);
    assertThat(normalization).isInstanceOf(Unusable.class);
    assertThat(((Unusable) normalization).rmOrgId()).isEqualTo(SomeOrganizations.PLAIN);
    return (Unusable) normalization;
  }

  private static Normalization normalization(String line, @Nullable String type, int organization) {
    return DIALECT.normalize(
        new RawDocument(line.getBytes(US_ASCII), null, null, type),
        SomeOrganizations.of(organization));
  }
}
