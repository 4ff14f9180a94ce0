package org.waybill.normalize.asterisk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.waybill.access.Caller;
import org.waybill.cdr.Cdr;
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
import org.waybill.task.NewTask;
import org.waybill.task.Priority;

class AsteriskDialectTest {
  private static final AsteriskDialect DIALECT =
      new AsteriskDialect(SomeOrganizations.stored(), Clock.systemUTC());

  /** Of Paris, whose clocks are an hour ahead of UTC in January. */
  private static final String LINE =
      """
      "acct-75","0142685300","1001","from-trunk",\"""Alice ""A"" Example"" <0142685300>",\
      "PJSIP/trunk-00000001","PJSIP/1001-00000002","Dial","PJSIP/1001,30",\
      "2024-01-15 11:30:45","2024-01-15 11:30:50","2024-01-15 11:32:00",75,70,"ANSWERED",\
      "DOCUMENTATION","1705314645.7","note, with a comma"
      """;

  private static final String EIGHTEEN_COLUMNS = "\"1705314645.7\",\"note, with a comma\"";

  @Test
  void bringsALineOfMasterCsv() {
    Cdr cdr = cdr(LINE);

    assertThat(cdr.rmOrgId()).isEqualTo(1002);
    assertThat(cdr.startEpoch()).isEqualTo(seconds("2024-01-15T10:30:45Z"));
    assertThat(cdr.tableSuffix()).hasToString("20240115");
    assertThat(cdr.timeZoneOffset()).isEqualTo(60);
    assertThat(cdr.variable("caller_id_number")).isEqualTo("0142685300");
    assertThat(cdr.variable("caller_id_number_e164")).isEqualTo("+33142685300");
    assertThat(cdr.variable("caller_id_name")).isEqualTo("Alice \"A\" Example");
    assertThat(cdr.variable("destination_number")).isEqualTo("1001");
    assertThat(cdr.variable("context")).isEqualTo("from-trunk");
    assertThat(cdr.variable("duration")).isEqualTo("75");
    assertThat(cdr.variable("billsec")).isEqualTo("70");
    assertThat(cdr.variable("hangup_cause")).isEqualTo("NORMAL_CLEARING");
    assertThat(cdr.variable("lastdata")).isEqualTo("PJSIP/1001,30");
    assertThat(cdr.variable("clid")).isEqualTo("\"Alice \"A\" Example\" <0142685300>");
    assertThat(cdr.variable("userfield")).isEqualTo("note, with a comma");
  }

  @Test
  void asksForOneTaskOfMediumPriority() {
    assertThat(normalized(LINE).tasks())
        .extracting(NewTask::type, NewTask::priority)
        .containsExactly(tuple("CDRToSGAPI", Priority.MEDIUM));
  }

  @ParameterizedTest
  @CsvSource({
    "NO ANSWER, NO_ANSWER",
    "BUSY, USER_BUSY",
    "FAILED, NORMAL_TEMPORARY_FAILURE",
    "CONGESTION, NORMAL_CIRCUIT_CONGESTION",
    "SOMETHING NEW, SOMETHING_NEW"
  })
  void tellsTheCauseInTheWordsOfTheOtherSources(String disposition, String cause) {
    assertThat(cdr(LINE.replace("ANSWERED", disposition)).variable("hangup_cause"))
        .isEqualTo(cause);
  }

  // Identity

  @Test
  void knowsALineThatComesAgain() {
    Normalized once = normalized(LINE);
    Normalized again = normalized(LINE.strip().replace("\"ANSWERED\"", "ANSWERED") + "\r\n\r\n");
    assertThat(again.cdr().uuid()).isEqualTo(once.cdr().uuid());
    assertThat(again.contentHash()).isEqualTo(once.contentHash());
    assertThat(once.cdr().uuid().version()).isEqualTo(5);
  }

  @Test
  void tellsTwoRecordsOfOneChannelApart() {
    assertThat(cdr(LINE.replace(",70,", ",69,")).uuid()).isNotEqualTo(cdr(LINE).uuid());
  }

  @Test
  void tellsTheSameLineOfTwoOrganizationsApart() {
    assertThat(cdr(LINE, SomeOrganizations.of(1001)).uuid()).isNotEqualTo(cdr(LINE).uuid());
  }

  // Time

  @ParameterizedTest
  @CsvSource({
    // written, uniqueid, expected
    "2024-01-15 11:30:45, 1705314645.7,         2024-01-15T10:30:45Z",
    "2024-01-15 11:30:45, '',                   2024-01-15T10:30:45Z",
    "2024-07-15 11:30:45, '',                   2024-07-15T09:30:45Z",
    "2024-01-15 10:30:45, 1705314645.7,         2024-01-15T10:30:45Z",
    "2024-01-15 10:30:45, pbx-1-1705314644.123, 2024-01-15T10:30:45Z",
    "2024-01-15 12:30:45, 1705314645.7,         2024-01-15T11:30:45Z",
    "2024-10-27 02:30:00, '',                   2024-10-27T00:30:00Z",
    "2024-10-27 02:30:00, 1729989000.1,         2024-10-27T00:30:00Z",
    "2024-10-27 02:30:00, 1729992600.1,         2024-10-27T01:30:00Z",
    "2024-03-31 02:30:00, '',                   2024-03-31T01:30:00Z"
  })
  void readsTheStartInTheOrganizationsTimeUnlessTheChannelSaysThatItIsUtc(
      String written, String uniqueId, String expected) {
    String line = LINE.replace("2024-01-15 11:30:45", written).replace("1705314645.7", uniqueId);
    assertThat(cdr(line).startEpoch()).isEqualTo(seconds(expected));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "2024-02-30 10:00:00", "2024-01-15", "1705314645"})
  void refusesWhatIsNoTime(String start) {
    Unusable refused = refused(LINE.replace("2024-01-15 11:30:45", start));
    assertThat(refused.fault()).isEqualTo(Fault.INVALID);
    assertThat(refused.rmOrgId()).isEqualTo(1002);
    assertThat(refused.violations())
        .containsExactly(
            new Violation(
                1,
                LINE.indexOf("\"2024-01-15 11:30:45") + 1,
                "start must be a time such as 2024-01-15 10:30:45, but is '" + start + "'."));
  }

  @Test
  void holdsTheStartToTheRulesOfAllDocuments() {
    assertThat(refused(LINE.replace("2024-01-15 11:30:45", "1999-12-31 12:00:00")).violations())
        .extracting(Violation::message)
        .containsExactly("StartEpoch must be 946684800 (2000-01-01) or later, but is 946638000.");
  }

  // Columns

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "'' | | | ",
        "'\"1705314645.7\"' | 1705314645.7 | |",
        "'\"pbx-1705314645.7\"' | pbx-1705314645.7 | |",
        "'\"note\"' | | note |",
        "'\"\",\"1705314645.7\",9' | | | 9",
        "'\"1705314645.7\",\"\",\"1705314645.7\",9' | 1705314645.7 | | 9",
        "'\"note\",\"\",\"1705314645.7\",9' | | note | 9",
        "'\"1705314645.7\",\"note\",\"\",\"1705314645.7\",9' | 1705314645.7 | note | 9"
      })
  void tellsTheColumnsByTheirNumber(
      String columns, String uniqueId, String userField, String sequence) {
    String line =
        LINE.replace(
            "," + EIGHTEEN_COLUMNS, columns == null || columns.isEmpty() ? "" : "," + columns);
    Cdr cdr = cdr(line);
    assertThat(cdr.variable("uniqueid")).isEqualTo(uniqueId);
    assertThat(cdr.variable("userfield")).isEqualTo(userField);
    assertThat(cdr.variable("sequence")).isEqualTo(sequence);
    assertThat(cdr.variable("billsec")).isEqualTo("70");
  }

  @ParameterizedTest
  @ValueSource(strings = {"a", "a,b,c", "1,2,3,4,5,6,7,8,9,10,11,12,13,14,15,16,17,18,19,20,21,22"})
  void refusesALineWithTooFewOrTooManyColumns(String line) {
    Unusable refused = refused(line);
    assertThat(refused.fault()).isEqualTo(Fault.INVALID);
    assertThat(refused.violations().get(0).message())
        .startsWith("A line of Master.csv has 16 to 21 columns")
        .endsWith("but this one has " + line.split(",").length + ".");
  }

  @Test
  void refusesTwoLines() {
    assertThat(refused(LINE + LINE).violations())
        .containsExactly(
            new Violation(
                2,
                1,
                "A document holds one line of Master.csv, but here begins another one; send each"
                    + " by itself."));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "\n", "\uFEFF\r\n"})
  void refusesAnEmptyDocument(String document) {
    assertThat(refused(document).fault()).isEqualTo(Fault.NOT_WELL_FORMED);
  }

  @Test
  void refusesQuotesThatDoNotFit() {
    assertThat(refused("\"a\",\"b").violations())
        .containsExactly(new Violation(1, 5, "The quote that opens here is never closed."));
    assertThat(refused("\"a\"b,c\n\"d").violations())
        .containsExactly(
            new Violation(
                1, 4, "A closing quote must be followed by a comma or by the end of the line."));
  }

  @Test
  void readsALineThatGoesOnWithinQuotes() {
    assertThat(cdr(LINE.replace("note,", "note\n")).variable("userfield"))
        .isEqualTo("note\n with a comma");
  }

  @Test
  void readsOldBytesAsTheLettersTheyAre() {
    byte[] latin = LINE.replace("Alice", "René").getBytes(Charset.forName("windows-1252"));
    Normalization normalization = normalization(latin, SomeOrganizations.ANYBODYS);
    assertThat(ReadBack.proven(normalization).cdr().variable("caller_id_name"))
        .isEqualTo("René \"A\" Example");
    assertThat(((Made) normalization).repairs())
        .extracting(Repair::kind)
        .containsExactly("bad-encoding");
  }

  // Organization

  @Test
  void tellsEverythingThatIsWrongWithALine() {
    Unusable refused = refused(LINE.replace("acct-75", "who").replace("2024-01-15 11", "now"));
    assertThat(refused.fault()).isEqualTo(Fault.INVALID);
    assertThat(refused.violations()).hasSize(2);
    assertThat(refused.violations().get(0).message())
        .startsWith("The document names no organization, and no organization owns 'who'; ");
  }

  @Test
  void keepsALineOfNobodyFromTheCdrs() {
    assertThat(refused(LINE.replace("acct-75", "")).fault()).isEqualTo(Fault.UNKNOWN_ORGANIZATION);
  }

  private static long seconds(String instant) {
    return Instant.parse(instant).getEpochSecond();
  }

  private static Cdr cdr(String line) {
    return normalized(line).cdr();
  }

  private static Cdr cdr(String line, Caller caller) {
    return ReadBack.proven(normalization(line.getBytes(StandardCharsets.UTF_8), caller)).cdr();
  }

  private static Normalized normalized(String line) {
    return ReadBack.proven(
        normalization(line.getBytes(StandardCharsets.UTF_8), SomeOrganizations.ANYBODYS));
  }

  private static Unusable refused(String line) {
    Normalization normalization =
        normalization(line.getBytes(StandardCharsets.UTF_8), SomeOrganizations.ANYBODYS);
    assertThat(normalization).isInstanceOf(Unusable.class);
    return (Unusable) normalization;
  }

  private static Normalization normalization(byte[] body, Caller caller) {
    return DIALECT.normalize(new RawDocument(body, null, null), caller);
  }
}
