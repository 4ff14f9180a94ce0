package org.waybill.normalize.freeswitch;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.waybill.normalize.Repair;
import org.waybill.normalize.freeswitch.FreeSwitchReading.Read;
import org.waybill.normalize.freeswitch.FreeSwitchReading.Unreadable;

class FreeSwitchReaderTest {
  private static final FreeSwitchDocument CLEAN = read("clean.xml");
  private static final int LARGE = 3_000_000;

  @Test
  void readsWhoSaysItAndHowTheChannelStood() {
    assertThat(CLEAN.coreUuid()).isEqualTo("5f0c7d3e-1111-4c55-9a53-0b6f2e4d9a01");
    assertThat(CLEAN.switchname()).isEqualTo("sw1.example.net");
    assertThat(CLEAN.channelData()).containsEntry("direction", "inbound").hasSize(4);
    assertThat(CLEAN.repairs()).isEmpty();
  }

  @Test
  void keepsVariablesEncodedInTheirOrderWithRepeatsAndPlaces() {
    assertThat(CLEAN.variables())
        .hasSize(12)
        .startsWith(new RawVariable("uuid", "0f6a3a52-7f0e-4a8e-8a3b-2f1d5b7c9e10", 23, 5))
        .contains(
            new RawVariable("sip_from_display", "Ann%20O%27Hara", 25, 5),
            new RawVariable("DP_MATCH", "ARRAY%3A%3A%2B33140000000", 27, 5),
            new RawVariable("DP_MATCH", "second", 28, 5),
            new RawVariable("empty", "", 29, 5));
  }

  @Test
  void readsCallflowsNewestFirstWithoutTheProfilesOfOtherLegs() {
    assertThat(CLEAN.callflows()).hasSize(2);
    Callflow newest = CLEAN.callflows().get(0);
    assertThat(newest.profile())
        .containsEntry("caller_id_name", "Ann O'Hara & Sons")
        .containsEntry("caller_id_number", "1001")
        .containsEntry("uuid", "0f6a3a52-7f0e-4a8e-8a3b-2f1d5b7c9e10")
        .containsEntry("ani", "")
        .hasSize(7);
    assertThat(newest.times())
        .isEqualTo(Map.of("created_time", "1705312800123456", "hangup_time", "1705313045123456"));
    assertThat(CLEAN.callflows().get(1).profile()).containsEntry("destination_number", "*98");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "percent.form",
        "base64.form",
        "percent.cdr.xml",
        "base64.cdr.xml",
        "crlf.xml",
        "utf-16.xml"
      })
  void findsTheSameInEveryWireForm(String name) {
    assertThat(read(name)).isEqualTo(CLEAN);
  }

  @Test
  void readsWhatARelayEncodedAsAForm() {
    FreeSwitchDocument document = read("percent-by-a-relay.form");
    assertThat(document.variables()).isEqualTo(CLEAN.variables());
    assertThat(document.callflows()).isEqualTo(CLEAN.callflows());
    assertThat(document.repairs()).containsExactly(new Repair("form-blank", "1:1", "+", " "));
  }

  @Test
  void readsABodyThatWasEncodedOnlyOnce() {
    FreeSwitchDocument document = read("percent-once.form");
    assertThat(value(document, "sip_full_from"))
        .isEqualTo("\"Ann\" <sip:1001@pbx.example>;tag=7hQ");
    assertThat(value(document, "switch_r_sdp")).isEqualTo("v=0\r\no=- 1 1 IN IP4 192.0.2.7\r\n");
    assertThat(document.callflows()).isEqualTo(CLEAN.callflows());
    assertThat(document.repairs())
        .containsExactly(
            new Repair(
                "raw-markup",
                "26:26",
                "<sip:1001@pbx.example>;tag=7hQ",
                "&lt;sip:1001@pbx.example&gt;;tag=7hQ"));
  }

  @Test
  void readsADeclaredEncoding() {
    FreeSwitchDocument document = read("latin-1.xml");
    assertThat(document.callflows().get(0).profile())
        .containsEntry("caller_id_name", "Ann O'Hara & fils né");
    assertThat(document.repairs()).isEmpty();
  }

  @Test
  void readsADocumentOf2008WithoutANameForItsSwitch() {
    FreeSwitchDocument document = read("from-2008.xml");
    assertThat(document.coreUuid()).isNull();
    assertThat(document.switchname()).isNull();
    assertThat(value(document, "start_epoch")).isEqualTo("1217529338");
    assertThat(document.repairs()).isEmpty();
  }

  /** Each is the clean document with one flaw, in line 32. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "unbound-prefix|nolocal:operator|op-7|unbound-prefix|32:5|<nolocal:operator>|<variable name=\"nolocal:operator\">",
        "numeric-name|123|one two three|numeric-name|32:5|<123>|<variable name=\"123\">",
        "name-with-blank|set api_hangup_hook|lua%20hangup.lua|name-with-blank|32:5|<set api_hangup_hook>|<variable name=\"set api_hangup_hook\">",
        "odd-name|^^,default_language|en|odd-name|32:5|<^^,default_language>|<variable name=\"^^,default_language\">",
        "name-in-quotes|\"quoted\"|x|odd-name|32:5|<\"quoted\">|<variable name=\"&quot;quoted&quot;\">",
        "leading-blank|campaign|spring|leading-blank|32:5|< campaign>|<campaign>",
        "leading-blank-before-odd|7|x|leading-blank|32:5|< 7>|<variable name=\"7\">",
        "markup-in-value|sip_full_to|<sip:1002@pbx.example>|raw-markup|32:18|<sip:1002@pbx.example>|&lt;sip:1002@pbx.example&gt;",
        "ampersand-in-value|sip_h_X-Query|a=1&b=2|raw-ampersand|32:23|&b=2|&amp;b=2",
        "nul-in-value|note|ab|forbidden-character|32:12|U+0000|''",
        "nul-in-name|note|ab|forbidden-character|32:8|U+0000|''",
        "reference-to-control-character|note|ab|forbidden-character|32:12|&#x1B;|''",
        "noncharacter|note|ab|forbidden-character|32:12|U+FFFF|''",
      })
  void mendsOneFlawAndLosesNothing(
      String fixture,
      String name,
      String value,
      String kind,
      String where,
      String before,
      String after) {
    FreeSwitchDocument document = read(fixture + ".xml");
    assertThat(document.repairs()).containsExactly(new Repair(kind, where, before, after));
    assertThat(value(document, name)).isEqualTo(value);
    holdsWhatTheCleanOneHolds(document);
  }

  @Test
  void leavesOutEveryControlCharacter() {
    FreeSwitchDocument document = read("control-characters.xml");
    assertThat(value(document, "note")).isEqualTo("ab");
    assertThat(document.repairs())
        .containsExactly(
            new Repair("forbidden-character", "32:12", "U+0001 U+0002", ""),
            new Repair("forbidden-character", "32:15", "U+001B", ""));
    assertThat(document.variables()).contains(new RawVariable("billsec", "245", 33, 5));
    holdsWhatTheCleanOneHolds(document);
  }

  @Test
  void takesBytesThatAreNoUtf8ForWhatTelephonesWrite() {
    FreeSwitchDocument document = read("bad-utf-8.xml");
    assertThat(value(document, "note")).isEqualTo("café olÃ");
    assertThat(document.repairs())
        .containsExactly(
            new Repair("bad-encoding", "32:14", "0xE9", "é"),
            new Repair("bad-encoding", "32:18", "0xC3", "Ã"));
    holdsWhatTheCleanOneHolds(document);
  }

  @Test
  void leavesOutWhatStandsBetweenVariables() {
    FreeSwitchDocument text = read("stray-text.xml");
    assertThat(text.repairs())
        .containsExactly(new Repair("stray-text", "32:5", "what is this?", ""));
    holdsWhatTheCleanOneHolds(text);
    FreeSwitchDocument tag = read("stray-end-tag.xml");
    assertThat(tag.repairs()).containsExactly(new Repair("stray-end-tag", "32:5", "</nobody>", ""));
    holdsWhatTheCleanOneHolds(tag);
  }

  @ParameterizedTest
  @CsvSource({"leading-nul.xml, 1:1, U+0000", "trailing-nul.xml, 77:1, U+0000 U+0000"})
  void readsADocumentBetweenNuls(String fixture, String where, String before) {
    FreeSwitchDocument document = read(fixture);
    assertThat(document.repairs())
        .containsExactly(new Repair("forbidden-character", where, before, ""));
    assertThat(document.callflows()).isEqualTo(CLEAN.callflows());
    assertThat(document.variables()).isEqualTo(CLEAN.variables());
  }

  @Test
  void readsATextThatTheSwitchStoppedEscaping() {
    FreeSwitchDocument profile = read("declaration-in-text.xml");
    assertThat(profile.callflows().get(0).profile()).containsEntry("rdnis", "x <!y & \"z\" <b> 3");
    assertThat(profile.variables()).isEqualTo(CLEAN.variables());
    FreeSwitchDocument log = read("text-log.xml");
    assertThat(log.channelData()).containsEntry("textlog", "hi <!DOCTYPE html> & <b>bye");
    assertThat(log.callflows()).isEqualTo(CLEAN.callflows());
    assertThat(log.repairs()).extracting(Repair::kind).containsExactly("raw-markup");
  }

  @Test
  void readsAVariableWithoutAnEndTag() {
    FreeSwitchDocument document = read("self-closing.xml");
    assertThat(value(document, "nothing")).isEmpty();
    assertThat(document.repairs()).isEmpty();
  }

  @Test
  void readsJson() {
    FreeSwitchDocument document = read("clean.json");
    assertThat(document.coreUuid()).isEqualTo("5f0c7d3e-1111-4c55-9a53-0b6f2e4d9a01");
    assertThat(document.switchname()).isEqualTo("sw1.example.net");
    assertThat(document.channelData()).containsEntry("direction", "inbound");
    assertThat(document.variables())
        .hasSize(5)
        .contains(
            new RawVariable("uuid", "0f6a3a52-7f0e-4a8e-8a3b-2f1d5b7c9e10", 3, 14),
            new RawVariable("DP_MATCH", "ARRAY::a|:b", 3, 121));
    assertThat(document.callflows()).hasSize(2);
    assertThat(document.callflows().get(0).profile())
        .isEqualTo(
            Map.of(
                "caller_id_name",
                "Ann \"O'Hara\"",
                "uuid",
                "0f6a3a52-7f0e-4a8e-8a3b-2f1d5b7c9e10"));
    assertThat(document.repairs()).isEmpty();
  }

  @Test
  void readsACallflowThatIsNoArray() {
    List<Callflow> callflows = read("callflow-as-object.json").callflows();
    assertThat(callflows).isEqualTo(read("clean.json").callflows().subList(0, 1));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "nul|variables|245|forbidden-character|3:165|U+0000",
        "escaped-control|profile|old|forbidden-character|7:59|U+001B",
        "raw-line-end|profile|'o\nld'|raw-control|7:61|'\nld'",
        "raw-backslash|profile|o\\ld|raw-backslash|7:61|\\ld",
      })
  void mendsJson(
      String fixture, String part, String value, String kind, String where, String before) {
    FreeSwitchDocument document = read(fixture + ".json");
    String found =
        part.equals("variables")
            ? value(document, "billsec")
            : document.callflows().get(1).profile().get("caller_id_name");
    assertThat(found).isEqualTo(value);
    assertThat(document.repairs().get(0))
        .extracting(Repair::kind, Repair::before)
        .containsExactly(kind, before);
    assertThat(document.variables()).hasSize(5);
  }

  @Test
  void readsWhatIsNoNumberAsNull() {
    FreeSwitchDocument document = read("nan.json");
    assertThat(document.repairs())
        .containsExactly(
            new Repair("nan", "2:40", "-nan", "null"), new Repair("nan", "2:58", "inf", "null"));
    assertThat(document.variables()).isEqualTo(read("clean.json").variables());
  }

  @Test
  void readsJsonThatWasEncodedOnlyOnce() {
    FreeSwitchDocument document = read("percent-once-json.form");
    assertThat(value(document, "sip_full_from")).isEqualTo("\"Ann\" <sip:1001@pbx.example>");
    assertThat(document.callflows()).isEqualTo(read("clean.json").callflows());
    assertThat(document.repairs()).extracting(Repair::kind).containsExactly("raw-quote");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "empty.txt|1:1 The document is empty.",
        "words.txt|1:1 The body is neither XML nor JSON, be it plain, percent-encoded or in base64; let a FreeSWITCH with mod_xml_cdr, mod_json_cdr or mod_format_cdr send it.",
        "not-a-cdr.xml|1:1 A FreeSWITCH document begins with the element 'cdr', this one with 'html'.",
        "dtd.xml|2:1 The document has a DTD, which no switch writes; remove it.",
        "two-documents.xml|78:1 A second document begins here; send one at a time.",
        "cut-off.xml|32:5 'billsec' begins here and has no end; the document was perhaps cut off.",
        "cut-off-between.xml|22:3 'variables' begins here and has no end; the document was perhaps cut off.",
        "unclosed-part.xml|75:1 'cdr' ends here, before 'variables' in it does.",
        "ends-crosswise.xml|64:3 'callflow' ends here, before 'caller_profile' in it does.",
        "long-name.xml|32:5 A name here is longer than 1000 characters.",
        "cut-off.json|4:12 The text that begins here has no end; the document was perhaps cut off.",
        "no-json.json|2:40 'None' is no JSON; a text stands in quotation marks.",
        "deep.json|2:136 Values are nested more than 100 deep here.",
        "two-documents.json|7:1 A second document begins here; send one at a time.",
        "missing-value.json|3:156 A value is missing here; the document was perhaps cut off.",
        "missing-colon.json|3:155 A colon is missing here after the name 'billsec'.",
      })
  void saysWhatCannotBeReadAndWhere(String fixture, String violation) {
    FreeSwitchReading reading = Answers.check(Fixtures.bytes(fixture));
    assertThat(reading).isInstanceOf(Unreadable.class);
    assertThat(((Unreadable) reading).violations())
        .extracting(Object::toString)
        .containsExactly(violation);
  }

  /** What would take minutes if it were not read in a time in proportion to its size. */
  @ParameterizedTest
  @Timeout(value = 2, unit = TimeUnit.MINUTES)
  @ValueSource(
      strings = {
        "<",
        "</",
        "</a>",
        "<a>",
        "<a ",
        "<a b='",
        "<a b=''/>",
        "< ",
        "<a></a >",
        "<a><!--</a>",
        "<a><![CDATA[</a>",
        "<a>&#x</a>",
        "<!--",
        "<!---->",
        "<?",
        "&",
        "\u0000 ",
        "\n",
        "<callflow>",
        "<callflow/>",
        "</variables><x><x ",
        "a"
      })
  void readsHostileXmlInLinearTime(String piece) {
    String repeated = piece.repeat(LARGE / piece.length());
    Answers.check(("<cdr><variables>" + repeated).getBytes(UTF_8));
    Answers.check(("<cdr><x>" + repeated).getBytes(UTF_8));
    Answers.check(("<cdr>" + repeated).getBytes(UTF_8));
    Answers.check((repeated + "</variables></cdr>").getBytes(UTF_8));
  }

  @ParameterizedTest
  @Timeout(value = 2, unit = TimeUnit.MINUTES)
  @ValueSource(
      strings = {
        "[",
        "{\"a\":",
        "\"",
        "\",\"",
        "\" ",
        "\":\"",
        "\\",
        "\"a\":\"b\",",
        "\"a\":nan,",
        "1",
        " ",
        "\"a\\\",\"",
        "\"},"
      })
  void readsHostileJsonInLinearTime(String piece) {
    String repeated = piece.repeat(LARGE / piece.length());
    Answers.check(("{\"variables\":{" + repeated).getBytes(UTF_8));
    Answers.check(("{\"variables\":{\"a\":\"" + repeated).getBytes(UTF_8));
    Answers.check(("{" + repeated + "}").getBytes(UTF_8));
  }

  @ParameterizedTest
  @Timeout(value = 2, unit = TimeUnit.MINUTES)
  @ValueSource(strings = {"%", "%3", "%3C", "%25", "+", "a=&", "cdr=", "a", "= ", "\u00E9", "%20"})
  void unwrapsHostileBodiesInLinearTime(String piece) {
    String repeated = piece.repeat(LARGE / piece.length());
    Answers.check(repeated.getBytes(UTF_8));
    Answers.check(("cdr=" + repeated).getBytes(UTF_8));
    Answers.check(("cdr=PGNkcj4" + repeated).getBytes(UTF_8));
  }

  @Test
  void readsADocumentOfThreeMegabytes() {
    String variable = "    <sip_h_X-Long>" + "v%20".repeat(250) + "</sip_h_X-Long>\n";
    String clean = new String(Fixtures.bytes("clean.xml"), UTF_8);
    String large = clean.replace("    <billsec>", variable.repeat(2_900) + "    <billsec>");
    assertThat(large.length()).isGreaterThan(LARGE);
    FreeSwitchDocument document = ((Read) Answers.check(large.getBytes(UTF_8))).document();
    assertThat(document.variables()).hasSize(CLEAN.variables().size() + 2_900);
    assertThat(document.callflows()).isEqualTo(CLEAN.callflows());
  }

  @Test
  void stopsAtMoreElementsThanAnyCallHas() {
    FreeSwitchReading reading =
        Answers.check(("<cdr><variables>" + "<a/>".repeat(250_001)).getBytes(UTF_8));
    assertThat(((Unreadable) reading).violations().get(0).message())
        .isEqualTo("The document has more than 250000 elements.");
  }

  @Test
  void listsAThousandRepairsAndCountsTheRest() {
    String variables =
        IntStream.range(0, 1_500).mapToObj("<%1$d>x</%1$d>"::formatted).reduce("", String::concat);
    String document = "<cdr><variables>" + variables + "</variables></cdr>";
    FreeSwitchReading reading = Answers.check(document.getBytes(UTF_8));
    assertThat(((Read) reading).document().variables()).hasSize(1_500);
    assertThat(((Read) reading).document().repairs())
        .hasSize(1_001)
        .endsWith(new Repair("more", "document", "500 more repairs, not listed", ""));
  }

  private static void holdsWhatTheCleanOneHolds(FreeSwitchDocument document) {
    assertThat(document.coreUuid()).isEqualTo(CLEAN.coreUuid());
    assertThat(document.channelData()).isEqualTo(CLEAN.channelData());
    assertThat(document.callflows()).isEqualTo(CLEAN.callflows());
    assertThat(document.variables())
        .extracting(RawVariable::name, RawVariable::encoded)
        .containsAll(
            CLEAN.variables().stream()
                .map(one -> org.assertj.core.groups.Tuple.tuple(one.name(), one.encoded()))
                .toList());
  }

  private static String value(FreeSwitchDocument document, String name) {
    return document.variables().stream()
        .filter(one -> one.name().equals(name))
        .findFirst()
        .orElseThrow()
        .encoded();
  }

  private static FreeSwitchDocument read(String fixture) {
    FreeSwitchReading reading = Answers.check(Fixtures.bytes(fixture));
    assertThat(reading).isInstanceOf(Read.class);
    return ((Read) reading).document();
  }
}
