package org.waybill.normalize.freeswitch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;
import static org.waybill.normalize.freeswitch.Mapped.cdr;
import static org.waybill.normalize.freeswitch.Mapped.map;
import static org.waybill.normalize.freeswitch.Mapped.messages;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.waybill.cdr.Cdr;
import org.waybill.cdr.Variable;
import org.waybill.normalize.Normalization.Made;
import org.waybill.normalize.Normalized;
import org.waybill.normalize.ReadBack;
import org.waybill.normalize.Repair;

class MappedVariablesTest {
  private static final Map<String, String> NOTHING = Map.of();

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
  void tellsAThousandMendedVariablesAndCountsTheRest() {
    SomeDocument document =
        SomeDocument.good().repaired(new Repair("unbound-prefix", "3:5", "<a:b>", "<b>"));
    for (int i = 0; i < 1_500; i++) {
      document.with("v", "x%00");
    }
    assertThat(((Made) map(document)).repairs())
        .hasSize(1_002)
        .endsWith(new Repair("more", "document", "500 more repairs, not listed", ""));
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

  private static String value(String encoded) {
    return cdr(SomeDocument.good().with("v", encoded)).variables().get(3).value();
  }
}
