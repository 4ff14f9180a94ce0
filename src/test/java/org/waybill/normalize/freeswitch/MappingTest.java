package org.waybill.normalize.freeswitch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.waybill.access.Caller;
import org.waybill.cdr.Cdr;
import org.waybill.cdr.Variable;
import org.waybill.document.Violation;
import org.waybill.normalize.Normalization;
import org.waybill.normalize.Normalization.Fault;
import org.waybill.normalize.Normalization.Made;
import org.waybill.normalize.Normalization.Unusable;
import org.waybill.normalize.Normalized;
import org.waybill.normalize.ReadBack;
import org.waybill.normalize.Repair;
import org.waybill.normalize.SomeOrganizations;
import org.waybill.normalize.Switch;
import org.waybill.task.Field;
import org.waybill.task.NewTask;
import org.waybill.task.Priority;

class MappingTest {
  private static final FreeSwitchDialect DIALECT =
      new FreeSwitchDialect(SomeOrganizations.stored(), Clock.systemUTC());
  private static final String OTHER = "11111111-2222-3333-4444-555555555555";
  private static final Map<String, String> NOTHING = Map.of();

  // Identity

  @Test
  void takesTheUuidFromTheVariableThenTheProfileThenTheUrl() {
    SomeDocument document = SomeDocument.good().callflow(Map.of("uuid", OTHER), NOTHING);
    assertThat(cdr(document, "a_" + OTHER).uuid()).hasToString(SomeDocument.UUID);
    assertThat(cdr(document.without("uuid"), "a_x").uuid()).hasToString(OTHER);
    SomeDocument bare = SomeDocument.good().without("uuid");
    assertThat(cdr(bare, "a_" + OTHER).uuid()).hasToString(OTHER);
    assertThat(cdr(bare, OTHER).legUuid()).isEqualTo(OTHER);
  }

  @Test
  void writesAUuidInSmallLetters() {
    assertThat(
            cdr(SomeDocument.good().but("uuid", SomeDocument.UUID.toUpperCase(Locale.ROOT)))
                .legUuid())
        .isEqualTo(SomeDocument.UUID);
  }

  @Test
  void refusesADocumentThatDoesNotSayWhichCallItIsAbout() {
    assertThat(refused(SomeDocument.good().without("uuid")).violations())
        .containsExactly(
            new Violation(
                0,
                0,
                "The document does not say which call it is about: it has neither the variable"
                    + " uuid, nor one in caller_profile, nor uuid= in its address."));
    assertThat(refused(SomeDocument.good().but("uuid", "call-1")).violations())
        .containsExactly(
            new Violation(
                3,
                5,
                "uuid must be a UUID of hexadecimal digits in groups of 8-4-4-4-12, but is"
                    + " 'call-1'."));
  }

  // Time

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

  // Organization and user

  @Test
  void takesTheOrganizationThatTheDocumentNames() {
    SomeDocument document = SomeDocument.good().with("domain_name", "sip.paris.example");
    assertThat(cdr(document, SomeOrganizations.of(1001, 1002)).rmOrgId()).isEqualTo(1001);
  }

  @Test
  void takesTheOnlyOrganizationOfTheKeyBeforeTheDomain() {
    SomeDocument document =
        SomeDocument.good().without("rmOrgID").with("domain_name", "sip.paris.example");
    assertThat(cdr(document, SomeOrganizations.of(1003)).rmOrgId()).isEqualTo(1003);
    assertThat(cdr(document, SomeOrganizations.of(1002, 1003)).rmOrgId()).isEqualTo(1002);
  }

  @Test
  void takesTheOwnerOfTheDomainThenOfTheAccount() {
    SomeDocument document = SomeDocument.good().without("rmOrgID").with("accountcode", "ACCT-75");
    assertThat(cdr(document).rmOrgId()).isEqualTo(1002);
    assertThat(cdr(document.with("domain_name", "Sip.NY.example")).rmOrgId()).isEqualTo(1003);
    assertThat(cdr(document.but("domain_name", "unknown.example")).rmOrgId()).isEqualTo(1002);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "rmOrgID | 7 | | rmOrgID 7 is not a known, active organization.",
        "rmOrgID | 1004 | | rmOrgID 1004 is not a known, active organization.",
        "rmOrgID | 1001 | 1002 | rmOrgID 1001 is not an organization that 'key:pbx' may send for;"
            + " use a key that names it.",
        "x | x | 9 | rmOrgID 9, the only one of 'key:pbx', is not a known, active organization.",
        "domain_name | sip.gone.example | | rmOrgID 1004, which owns 'sip.gone.example', is not a"
            + " known, active organization.",
      })
  void keepsADocumentOfAnUnknownOrganizationFromTheCdrs(
      String variable, String value, @Nullable Integer sender, String sentence) {
    SomeDocument document = SomeDocument.good().without("rmOrgID").with(variable, value);
    Caller caller = sender == null ? SomeOrganizations.ANYBODYS : SomeOrganizations.of(sender);
    Unusable refused = refused(document, null, caller);
    assertThat(refused.fault()).isEqualTo(Fault.UNKNOWN_ORGANIZATION);
    assertThat(refused.violations()).extracting(Violation::message).containsExactly(sentence);
    assertThat(refused.uuid()).hasToString(SomeDocument.UUID);
  }

  @Test
  void tellsWhereItLookedForAnOrganization() {
    SomeDocument document =
        SomeDocument.good()
            .without("rmOrgID")
            .with("accountcode", "a1")
            .with("domain_name", "unknown.example");
    Unusable refused = refused(document);
    assertThat(refused.fault()).isEqualTo(Fault.UNKNOWN_ORGANIZATION);
    assertThat(refused.violations().get(0).message())
        .startsWith(
            "The document names no organization, and no organization owns 'unknown.example' or"
                + " 'a1'; let it carry rmOrgID");
    assertThat(refused.rmOrgId()).isNull();
  }

  @Test
  void doesNotKeepADocumentAmongThoseOfAnOrganizationThatIsNotTheSenders() {
    assertThat(refused(SomeDocument.good(), null, SomeOrganizations.of(1002)).rmOrgId()).isNull();
    SomeDocument bad = SomeDocument.good().with("rmTaskPriority", "now");
    assertThat(refused(bad, null, SomeOrganizations.of(1002)).rmOrgId()).isNull();
    assertThat(refused(bad).rmOrgId()).isEqualTo(1001);
  }

  @ParameterizedTest
  @ValueSource(strings = {"abc", "0", "-1", "2147483648", "10.5"})
  void refusesAnOrganizationThatIsNoNumber(String value) {
    Unusable refused =
        refused(SomeDocument.good().but("rmOrgID", value), null, SomeOrganizations.of(1001));
    assertThat(refused.fault()).isEqualTo(Fault.INVALID);
    assertThat(refused.violations())
        .containsExactly(
            new Violation(
                3,
                5,
                "rmOrgID must be a whole number from 1 to 2147483647, but is '" + value + "'."));
  }

  @Test
  void refusesTwoOrganizationsButNotOneTwice() {
    assertThat(cdr(SomeDocument.good().with("rmOrgID", "1001")).rmOrgId()).isEqualTo(1001);
    assertThat(refused(SomeDocument.good().with("rmOrgID", "1002")).violations())
        .containsExactly(
            new Violation(4, 5, "rmOrgID may have only one value, but has another one here."));
  }

  @Test
  void takesTheUserWhereThereIsOne() {
    assertThat(cdr(SomeDocument.good().with("rmUserID", "user%2042")).rmUserId())
        .isEqualTo("user 42");
    assertThat(cdr(SomeDocument.good()).rmUserId()).isNull();
    assertThat(cdr(SomeDocument.good().with("rmUserID", "")).rmUserId()).isNull();
  }

  // Variables

  @Test
  void keepsEveryVariableInItsOrderAndRepeatedOnesRepeated() {
    SomeDocument document =
        SomeDocument.good().with("DP_MATCH", "2").with("empty", "").with("DP_MATCH", "1");
    assertThat(cdr(document).variables())
        .containsExactly(
            new Variable("uuid", SomeDocument.UUID),
            new Variable("start_epoch", SomeDocument.START),
            new Variable("rmOrgID", "1001"),
            new Variable("DP_MATCH", "2"),
            new Variable("empty", ""),
            new Variable("DP_MATCH", "1"));
  }

  @Test
  void decodesEachValueOnce() {
    assertThat(value("%22A%20%2541%22+b%zz%3cc%3E%26")).isEqualTo("\"A %41\"+b%zz<c>&");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "v=0\r\no=x\r\n",
        " a ",
        "\t\n",
        "]]>",
        "<a>&amp;",
        "é漢😀",
        "\u0085\u2028",
        "'\"",
      })
  void bringsEveryCharacterThatXmlCanHold(String text) {
    assertThat(value(text)).isEqualTo(text);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "nolocal:req_uuid",
        "123",
        " lead",
        "set x",
        "<^^,default_language>",
        "a\"b&<\t\r\n",
        "",
        "sip_h_X-Größe",
        "variable",
        "xml",
        "a.b-c_d",
        "😀",
      })
  void keepsANameWhateverItIs(String name) {
    Cdr cdr = cdr(SomeDocument.good().with(name, "v"));
    assertThat(cdr.variables().get(3)).isEqualTo(new Variable(name, "v"));
  }

  @Test
  void writesANameThatXmlForbidsAsAnAttribute() {
    Normalized made =
        ReadBack.proven(map(SomeDocument.good().with("nolocal:a", "1").with("b-c", "2")));
    assertThat(made.xml())
        .contains("<variable name=\"nolocal:a\">1</variable>")
        .contains("<b-c>2</b-c>");
  }

  @Test
  void mendsWhatXmlCannotHoldAndTellsIt() {
    SomeDocument document =
        SomeDocument.good()
            .with("a", "x%00y\uFFFE")
            .with("n\u0001", "lone \uD800")
            .repaired(new Repair("unbound-prefix", "3:5", "<a:b>", "<b>"));
    assertThat(cdr(document).variables().subList(3, 5))
        .containsExactly(new Variable("a", "xy"), new Variable("n", "lone "));
    assertThat(((Made) map(document)).repairs())
        .extracting(Repair::kind, Repair::where)
        .containsExactly(
            tuple("unbound-prefix", "3:5"),
            tuple("forbidden-character", "a"),
            tuple("forbidden-character", "the name of a variable"),
            tuple("forbidden-character", "n"));
  }

  @Test
  void readsOldBytesAsTheLettersTheyAreAndTellsIt() {
    SomeDocument document = SomeDocument.good().with("caller_id_name", "Ren%E9%20Zo%C3%AB");
    assertThat(cdr(document).variable("caller_id_name")).isEqualTo("René Zoë");
    assertThat(((Made) map(document)).repairs())
        .containsExactly(
            new Repair("bad-encoding", "caller_id_name", "Ren%E9%20Zo%C3%AB", "René Zoë"));
  }

  @Test
  void cutsANameThatIsLongerThanXmlNamesMayBe() {
    String name = "n".repeat(1_001);
    assertThat(cdr(SomeDocument.good().with(name, "v")).variable(name.substring(1))).isEqualTo("v");
  }

  @Test
  void refusesMoreVariablesThanANormalizedDocumentMayHold() {
    SomeDocument document = SomeDocument.good();
    for (int i = 3; i < 249_000; i++) {
      document.with("v", "");
    }
    cdr(document);
    assertThat(messages(document.with("v", "")))
        .containsExactly("The document may hold at most 249000 variables, but holds 249001.");
  }

  @Test
  void takesTheNumbersFromTheNewestCallflowWhereNoVariableHasThem() {
    Map<String, String> newest =
        Map.of(
            "caller_id_number", "1001",
            "caller_id_name", "Zoë%20B",
            "destination_number", "2002",
            "context", "",
            "ani", "x");
    SomeDocument document =
        SomeDocument.good()
            .with("destination_number", "3003")
            .channel("direction", "inbound")
            .callflow(newest, NOTHING)
            .callflow(Map.of("context", "old"), NOTHING);
    assertThat(cdr(document).variables().subList(3, 7))
        .containsExactly(
            new Variable("destination_number", "3003"),
            new Variable("caller_id_number", "1001"),
            new Variable("caller_id_name", "Zoë%20B"),
            new Variable("call_direction", "inbound"));
  }

  @Test
  void bringsTheNumbersInE164Too() {
    SomeDocument document =
        SomeDocument.good()
            .but("rmOrgID", "1002")
            .with("caller_id_number", "01%2042%2068%2053%2000")
            .with("destination_number", "1001");
    Cdr cdr = cdr(document);
    assertThat(cdr.variable("caller_id_number")).isEqualTo("01 42 68 53 00");
    assertThat(cdr.variable("caller_id_number_e164")).isEqualTo("+33142685300");
    assertThat(cdr.variable("destination_number_e164")).isNull();
  }

  // Tasks

  @Test
  void asksForOneTaskOfMediumPriorityWhenTheDocumentSaysNothing() {
    assertThat(ReadBack.proven(map(SomeDocument.good())).tasks())
        .containsExactly(
            new NewTask(
                "CDRToSGAPI",
                Priority.MEDIUM,
                List.of(),
                "<task type=\"CDRToSGAPI\" priority=\"medium\"></task>"));
  }

  @Test
  void asksForTheTaskThatTheVariablesDescribe() {
    SomeDocument document =
        SomeDocument.good()
            .with("rmTaskPriority", "high")
            .with("rmDispStoreItems", "2")
            .with("rmDispStorePriority_1", "low")
            .with("rmAnalyticsItems", "1")
            .with("nolocal:rmAnalyticsPriority_0", "now");
    NewTask task = ReadBack.proven(map(document)).tasks().get(0);
    assertThat(task.priority()).isEqualTo(Priority.HIGH);
    assertThat(task.fields())
        .containsExactly(
            new Field("rmTaskPriority", "high"),
            new Field("rmDispStoreItems", "2"),
            new Field("rmDispStorePriority_1", "low"),
            new Field("rmAnalyticsItems", "1"));
  }

  @Test
  void tellsAllProblemsAtOnceEachAtItsLine() {
    SomeDocument document =
        new SomeDocument()
            .with("uuid", "call-1")
            .with("start_epoch", "12")
            .with("rmOrgID", "7")
            .with("rmTaskPriority", "urgent")
            .with("rmDispStoreItems", "101")
            .with("rmAnalyticsPriority_0", "")
            .with("rmAnalyticsItems", "1")
            .with("rmAnalyticsItems", "1");
    Unusable refused = refused(document);
    assertThat(refused.fault()).isEqualTo(Fault.INVALID);
    assertThat(refused.violations())
        .extracting(Violation::toString)
        .containsExactly(
            "1:5 uuid must be a UUID of hexadecimal digits in groups of 8-4-4-4-12, but is"
                + " 'call-1'.",
            "2:5 StartEpoch must be 946684800 (2000-01-01) or later, but is 12.",
            "3:5 rmOrgID 7 is not a known, active organization.",
            "4:5 rmTaskPriority must be low, medium or high, but is 'urgent'.",
            "5:5 rmDispStoreItems must be a whole number from 0 to 100, but is '101'.",
            "6:5 rmAnalyticsPriority_0 must be low, medium or high, but is ''.",
            "8:5 rmAnalyticsItems may come only once, but comes again.");
  }

  @Test
  void tellsWhichSwitchSentIt() {
    assertThat(((Made) map(SomeDocument.good())).sender()).isEqualTo(new Switch("fs1", "c0e1"));
    assertThat(((Made) map(SomeDocument.good().from(null, "c0e1"))).sender())
        .isEqualTo(new Switch(null, "c0e1"));
    assertThat(((Made) map(SomeDocument.good().from(null, null))).sender()).isNull();
  }

  private static String value(String encoded) {
    return cdr(SomeDocument.good().with("v", encoded)).variables().get(3).value();
  }

  private static Cdr cdr(SomeDocument document) {
    return ReadBack.proven(map(document)).cdr();
  }

  private static Cdr cdr(SomeDocument document, String urlUuid) {
    return ReadBack.proven(DIALECT.map(document.document(), urlUuid, SomeOrganizations.ANYBODYS))
        .cdr();
  }

  private static Cdr cdr(SomeDocument document, Caller caller) {
    return ReadBack.proven(DIALECT.map(document.document(), null, caller)).cdr();
  }

  private static Normalization map(SomeDocument document) {
    return DIALECT.map(document.document(), null, SomeOrganizations.ANYBODYS);
  }

  private static List<String> messages(SomeDocument document) {
    return refused(document).violations().stream().map(Violation::message).toList();
  }

  private static Unusable refused(SomeDocument document) {
    return refused(document, null, SomeOrganizations.ANYBODYS);
  }

  private static Unusable refused(SomeDocument document, @Nullable String urlUuid, Caller caller) {
    Normalization normalization = DIALECT.map(document.document(), urlUuid, caller);
    assertThat(normalization).isInstanceOf(Unusable.class);
    return (Unusable) normalization;
  }
}
