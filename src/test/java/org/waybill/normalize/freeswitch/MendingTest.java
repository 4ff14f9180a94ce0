package org.waybill.normalize.freeswitch;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.waybill.normalize.freeswitch.Fixtures.CLEAN;
import static org.waybill.normalize.freeswitch.Fixtures.holdsWhatTheCleanOneHolds;
import static org.waybill.normalize.freeswitch.Fixtures.read;
import static org.waybill.normalize.freeswitch.Fixtures.value;

import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.waybill.normalize.Repair;
import org.waybill.normalize.freeswitch.FreeSwitchReading.Read;

/** Documents that are not well-formed in the ways in which switches write them. */
class MendingTest {
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
}
