package org.waybill.normalize.freeswitch;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import javax.xml.parsers.DocumentBuilderFactory;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.w3c.dom.Element;
import org.w3c.dom.Node;
import org.waybill.normalize.RawDocument;
import org.waybill.normalize.freeswitch.FreeSwitchReading.Read;
import org.waybill.normalize.freeswitch.FreeSwitchReading.Unreadable;
import org.waybill.normalize.freeswitch.SwitchLeg.Variable;

/** Whatever a switch can write comes out with the same values; whatever it is, with an answer. */
class AnyDocumentTest {
  private static final String LETTERS = "abcdefghijklmnopqrstuvwxyzABCXYZ_";
  private static final int TRIES = 400;

  @Property(tries = TRIES)
  void xmlInEveryWireFormHasTheSameValues(@ForAll("legs") SwitchLeg leg, @ForAll WireForm form) {
    FreeSwitchDocument document = read(form.of(leg.xml()));
    holds(document, leg);
    assertThat(document.repairs()).isEmpty();
  }

  @Property(tries = TRIES)
  void xmlWithNamesThatXmlForbidsHasTheSameValues(
      @ForAll("oddLegs") SwitchLeg leg, @ForAll WireForm form) {
    FreeSwitchDocument document = read(form.of(leg.xml()));
    holds(document, leg);
    long odd = leg.variables().stream().filter(one -> !isPlain(one.name())).count();
    assertThat(document.repairs()).hasSize((int) odd);
  }

  @Property(tries = TRIES)
  void jsonInEveryWireFormHasTheSameValues(
      @ForAll("oddLegs") SwitchLeg leg, @ForAll WireForm form) {
    FreeSwitchDocument document = read(form.of(leg.json()));
    holds(document, leg);
    assertThat(document.repairs()).isEmpty();
  }

  @Property(tries = TRIES)
  void xmlOfBefore2015IsEncodedOnlyOnceAndHasTheSameValues(@ForAll("mildLegs") SwitchLeg leg) {
    FreeSwitchDocument document = read(("cdr=" + SwitchEncoding.once(leg.xml())).getBytes(UTF_8));
    holdsDecoded(document, leg);
  }

  @Property(tries = TRIES)
  void jsonThatIsEncodedOnlyOnceHasTheSameValues(@ForAll("mildLegs") SwitchLeg leg) {
    FreeSwitchDocument document = read(("cdr=" + SwitchEncoding.once(leg.json())).getBytes(UTF_8));
    holdsDecoded(document, leg);
  }

  @Property(tries = TRIES)
  void wellFormedXmlMeansWhatItMeansToAParserOfXml(@ForAll("legs") SwitchLeg leg) throws Exception {
    byte[] xml = leg.xml().getBytes(UTF_8);
    Element root =
        DocumentBuilderFactory.newInstance()
            .newDocumentBuilder()
            .parse(new ByteArrayInputStream(xml))
            .getDocumentElement();
    FreeSwitchDocument document = read(xml);
    assertThat(variables(document)).isEqualTo(texts(child(root, "variables")));
    Element callflow = child(root, "callflow");
    List<Variable> profile = texts(child(callflow, "caller_profile"));
    assertThat(profile.subList(0, profile.size() - 1))
        .isEqualTo(variables(document.callflows().get(0).profile()));
    assertThat(document.coreUuid()).isEqualTo(root.getAttribute("core-uuid"));
    assertThat(document.switchname()).isEqualTo(root.getAttribute("switchname"));
  }

  @Property(tries = 4 * TRIES)
  void noBytesAtAllMakeAnythingButAnAnswer(@ForAll("bytes") byte[] bytes) {
    Answers.check(bytes);
  }

  @Provide
  Arbitrary<byte[]> bytes() {
    Arbitrary<String> pieces =
        Arbitraries.of(
                "<",
                ">",
                "</",
                "/>",
                "<cdr",
                "<cdr>",
                "</cdr>",
                "<variables>",
                "</variables>",
                "<callflow>",
                "<a>",
                "</a>",
                "< a>",
                "<1>",
                "<!--",
                "-->",
                "<?xml ",
                "?>",
                "&",
                "&#0;",
                "&lt;",
                "\"",
                "'",
                "=",
                " ",
                "\n",
                "%",
                "%3C",
                "%3E",
                "cdr=",
                "PGNkcj48L2Nkcj4=",
                "{",
                "}",
                "[",
                "]",
                ":",
                ",",
                "\"variables\"",
                "\"a\"",
                "nan",
                "\\",
                "\\u0000",
                "\u0000",
                "\uFFFE",
                "\uD800",
                "é",
                "<![CDATA[",
                "]]>",
                "<!DOCTYPE a>",
                "+",
                "1")
            .list()
            .ofMaxSize(30)
            .map(list -> String.join("", list));
    Arbitrary<byte[]> texts = pieces.map(text -> text.getBytes(UTF_8));
    return Arbitraries.oneOf(
        texts,
        pieces.map(text -> WireForm.BASE64_FIELD.of(text)),
        Arbitraries.bytes().array(byte[].class));
  }

  @Provide
  Arbitrary<SwitchLeg> legs() {
    return legs(plainNames(), values(), texts());
  }

  @Provide
  Arbitrary<SwitchLeg> oddLegs() {
    return legs(Arbitraries.oneOf(plainNames(), oddNames()), values(), texts());
  }

  /** Without what cannot be told apart when it was encoded once too few. */
  @Provide
  Arbitrary<SwitchLeg> mildLegs() {
    String mild = LETTERS + "0123456789 <>:;@=+?\"'~|#éŁ\uD83D\uDE00";
    Arbitrary<String> values =
        Arbitraries.of(codePoints(mild)).list().ofMaxSize(20).map(AnyDocumentTest::joined);
    return legs(plainNames(), values, values.map(value -> value.replace("<", "")));
  }

  private static Arbitrary<SwitchLeg> legs(
      Arbitrary<String> names, Arbitrary<String> values, Arbitrary<String> texts) {
    Arbitrary<List<Variable>> variables =
        Combinators.combine(names, values).as(Variable::new).list().ofMaxSize(12);
    Arbitrary<Map<String, String>> profile =
        Arbitraries.maps(Arbitraries.of("uuid", "ani", "caller_id_name", "context"), texts);
    Arbitrary<Map<String, String>> times =
        Arbitraries.maps(
            Arbitraries.of("created_time", "hangup_time"),
            Arbitraries.longs().greaterOrEqual(0).map(String::valueOf));
    Arbitrary<List<Callflow>> callflows =
        Combinators.combine(profile.filter(map -> !map.isEmpty()), times)
            .as(Callflow::new)
            .list()
            .ofMinSize(1)
            .ofMaxSize(3);
    return Combinators.combine(texts, texts, variables, callflows).as(SwitchLeg::new);
  }

  private static Arbitrary<String> plainNames() {
    return Combinators.combine(
            Arbitraries.strings().withChars(LETTERS).ofLength(1),
            Arbitraries.strings().withChars(LETTERS + "0123456789-.").ofMaxLength(12))
        .as((first, rest) -> first + rest);
  }

  private static Arbitrary<String> oddNames() {
    return Arbitraries.strings()
        .withChars(LETTERS + "0123456789 ^,:.$@!?;#*+(){}[]|~%&'é")
        .ofMinLength(1)
        .ofMaxLength(12)
        .filter(name -> name.strip().equals(name));
  }

  /** A C string: anything but NUL. */
  private static Arbitrary<String> values() {
    return Arbitraries.oneOf(
        Arbitraries.strings().withCharRange('\u0001', '\u007F').ofMaxLength(30),
        Arbitraries.strings().withCharRange('\u0080', '\u0FFF').ofMaxLength(10),
        Arbitraries.of("\"Ann\" <sip:1@h.example>", "a%41b", "100%", "\uD83D\uDE00", "v=0\r\no=-"));
  }

  /** What XML can hold, without what a switch writes as it is. */
  private static Arbitrary<String> texts() {
    return Arbitraries.strings()
        .withCharRange(' ', '~')
        .withChars("\t\n\ré€\u0416")
        .ofMaxLength(20)
        .filter(text -> !text.contains("<!"));
  }

  private static List<String> codePoints(String text) {
    return text.codePoints().mapToObj(Character::toString).collect(Collectors.toList());
  }

  private static String joined(List<String> pieces) {
    return String.join("", pieces);
  }

  private static boolean isPlain(String name) {
    return name.matches("[A-Za-z_\u00E9][A-Za-z_0-9.\u00E9-]*");
  }

  private static FreeSwitchDocument read(byte[] body) {
    FreeSwitchReading reading = new FreeSwitchReader().read(new RawDocument(body, null, null));
    if (reading instanceof Unreadable unreadable) {
      throw new AssertionError(unreadable.violations() + " in " + new String(body, UTF_8));
    }
    return ((Read) reading).document();
  }

  private static void holds(FreeSwitchDocument document, SwitchLeg leg) {
    assertThat(document.coreUuid()).isEqualTo(leg.coreUuid());
    assertThat(document.switchname()).isEqualTo(leg.switchname());
    assertThat(document.channelData())
        .isEqualTo(Map.of("state", "CS_REPORTING", "direction", "inbound", "flags", "0=1;38=1"));
    List<Variable> expected =
        leg.variables().stream().map(one -> new Variable(one.name(), one.encoded())).toList();
    assertThat(variables(document)).isEqualTo(expected);
    assertThat(document.callflows()).isEqualTo(leg.callflows());
  }

  private static void holdsDecoded(FreeSwitchDocument document, SwitchLeg leg) {
    assertThat(variables(document)).isEqualTo(leg.variables());
    assertThat(document.callflows()).isEqualTo(leg.callflows());
  }

  private static List<Variable> variables(FreeSwitchDocument document) {
    return document.variables().stream()
        .map(one -> new Variable(one.name(), one.encoded()))
        .toList();
  }

  private static List<Variable> variables(Map<String, String> texts) {
    return texts.entrySet().stream()
        .map(text -> new Variable(text.getKey(), text.getValue()))
        .toList();
  }

  private static Element child(Element parent, String name) {
    return (Element) parent.getElementsByTagName(name).item(0);
  }

  private static List<Variable> texts(Element parent) {
    List<Variable> texts = new ArrayList<>();
    for (Node node = parent.getFirstChild(); node != null; node = node.getNextSibling()) {
      if (node instanceof Element element) {
        texts.add(new Variable(element.getTagName(), element.getTextContent()));
      }
    }
    return texts;
  }
}
