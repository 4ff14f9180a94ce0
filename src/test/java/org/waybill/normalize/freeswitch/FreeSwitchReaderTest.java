package org.waybill.normalize.freeswitch;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.waybill.normalize.freeswitch.Fixtures.CLEAN;
import static org.waybill.normalize.freeswitch.Fixtures.read;
import static org.waybill.normalize.freeswitch.Fixtures.value;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.waybill.normalize.freeswitch.FreeSwitchReading.Read;
import org.waybill.normalize.freeswitch.FreeSwitchReading.Unreadable;

class FreeSwitchReaderTest {
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

  @Test
  void readsADocumentOf2008WithoutANameForItsSwitch() {
    FreeSwitchDocument document = read("from-2008.xml");
    assertThat(document.coreUuid()).isNull();
    assertThat(document.switchname()).isNull();
    assertThat(value(document, "start_epoch")).isEqualTo("1217529338");
    assertThat(document.repairs()).isEmpty();
  }

  @Test
  void readsAVariableWithoutAnEndTag() {
    FreeSwitchDocument document = read("self-closing.xml");
    assertThat(value(document, "nothing")).isEmpty();
    assertThat(document.repairs()).isEmpty();
  }

  @Test
  void readsADocumentOfThreeMegabytes() {
    String variable = "    <sip_h_X-Long>" + "v%20".repeat(250) + "</sip_h_X-Long>\n";
    String clean = new String(Fixtures.bytes("clean.xml"), UTF_8);
    String large = clean.replace("    <billsec>", variable.repeat(2_900) + "    <billsec>");
    assertThat(large.length()).isGreaterThan(3_000_000);
    FreeSwitchDocument document = ((Read) Answers.check(large.getBytes(UTF_8))).document();
    assertThat(document.variables()).hasSize(CLEAN.variables().size() + 2_900);
    assertThat(document.callflows()).isEqualTo(CLEAN.callflows());
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
}
