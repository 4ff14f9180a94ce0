package org.waybill.normalize.freeswitch;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.waybill.normalize.Repair;
import org.waybill.normalize.freeswitch.FreeSwitchReading.Read;
import org.waybill.normalize.freeswitch.FreeSwitchReading.Unreadable;

/**
 * What would take minutes, or hours, if it were not read in a time in proportion to its size. All
 * that is asked of time is that.
 */
@Timeout(value = 2, unit = TimeUnit.MINUTES)
class HostileDocumentTest {
  private static final int LARGE = 3_000_000;
  private static final int LARGEST = 10_000_000;
  private static final byte[] GARBAGE = garbage(LARGEST);
  private static final String NO_DOCUMENT = "The body is neither XML nor JSON";
  private static final String BEYOND_REPAIR =
      "The body would have to be mended in more than 100000 places";

  @ParameterizedTest
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
  @ValueSource(strings = {"%", "%3", "%3C", "%25", "+", "a=&", "cdr=", "a", "= ", "\u00E9", "%20"})
  void unwrapsHostileBodiesInLinearTime(String piece) {
    String repeated = piece.repeat(LARGE / piece.length());
    Answers.check(repeated.getBytes(UTF_8));
    Answers.check(("cdr=" + repeated).getBytes(UTF_8));
    Answers.check(("cdr=PGNkcj4" + repeated).getBytes(UTF_8));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "<",
        "&",
        "%",
        "\u0000",
        "\"",
        " ",
        "a",
        "+",
        "\u0000 ",
        "<a ",
        "<a>",
        "</a>",
        "<!--",
        "<![CDATA[",
        "%FF",
        "%3C",
        "\u001b<",
        "{",
        "[",
        "\\"
      })
  void answersTenMegabytesOfOnePieceWhereverTheyStand(String piece) {
    String repeated = piece.repeat(LARGEST / piece.length());
    Answers.check(repeated.getBytes(UTF_8));
    Answers.check(("cdr=" + repeated).getBytes(UTF_8));
    Answers.check(("<cdr><variables>" + repeated + "</variables></cdr>").getBytes(UTF_8));
    Answers.check(("<cdr><variables><v>" + repeated + "</v></variables></cdr>").getBytes(UTF_8));
    Answers.check(("<cdr><x>" + repeated + "</x></cdr>").getBytes(UTF_8));
    Answers.check(("{\"variables\":{\"v\":\"" + repeated + "\"}}").getBytes(UTF_8));
  }

  @Test
  void callsTenMegabytesOfGarbageWhatTheyAre() {
    assertThat(refusal(GARBAGE)).startsWith(NO_DOCUMENT);
    assertThat(refusal(after("cdr=", GARBAGE))).startsWith(NO_DOCUMENT);
    byte[] base64 = Base64.getEncoder().encode(garbage(7_000_000));
    assertThat(refusal(base64)).startsWith(NO_DOCUMENT);
    assertThat(refusal(after("cdr=", base64))).startsWith(NO_DOCUMENT);
    String percent = "%" + HexFormat.ofDelimiter("%").formatHex(garbage(3_000_000));
    assertThat(refusal(("cdr=" + percent).getBytes(UTF_8))).startsWith(NO_DOCUMENT);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "<",
        "<cdr>",
        "<cdr><variables>",
        "<cdr><variables><v>",
        "<cdr><x>",
        "{",
        "{\"variables\":{\"v\":\"",
        "<?xml version='1.0' encoding='US-ASCII'?><cdr><variables><v>",
        "<?xml version='1.0' encoding='ISO-2022-JP'?><cdr><variables><v>",
        "cdr=<cdr><variables>"
      })
  void givesUpGarbageThatBeginsAsADocument(String beginning) {
    assertThat(refusal(after(beginning, GARBAGE))).startsWith(BEYOND_REPAIR);
  }

  @Test
  void givesUpGarbageThatIsWrappedAsADocument() {
    byte[] garbage = after("<cdr><variables><v>", garbage(3_000_000));
    assertThat(refusal(after("cdr=", Base64.getEncoder().encode(garbage))))
        .startsWith(BEYOND_REPAIR);
    String percent = "%" + HexFormat.ofDelimiter("%").formatHex(garbage);
    assertThat(refusal(("cdr=" + percent).getBytes(UTF_8))).startsWith(BEYOND_REPAIR);
  }

  /** Bytes of other encodings nearly all mean something there; no document begins so, though. */
  @ParameterizedTest
  @ValueSource(strings = {"FEFF", "FFFE", "0000FEFF", "FFFE0000", "4C6FA794"})
  void answersGarbageInOtherEncodings(String mark) {
    byte[] garbage = GARBAGE.clone();
    byte[] bytes = HexFormat.of().parseHex(mark);
    System.arraycopy(bytes, 0, garbage, 0, bytes.length);
    assertThat(Answers.check(garbage)).isInstanceOf(Unreadable.class);
  }

  @Test
  void readsOneTextOfTenMegabytes() {
    String text = "v%20".repeat(LARGEST / 4);
    FreeSwitchDocument document = document("<v>" + text + "</v>");
    assertThat(Fixtures.value(document, "v")).isEqualTo(text);
    assertThat(document.repairs()).isEmpty();
  }

  @Test
  void readsTextsInWhichNothingEnds() {
    String text = "<![CDATA[<!--".repeat(LARGEST / 13);
    FreeSwitchDocument document = document("<v>" + text + "</v>");
    assertThat(Fixtures.value(document, "v")).isEqualTo(text);
    assertThat(document.repairs()).hasSize(1);
  }

  @Test
  void readsAHundredThousandRawAddressesButNotOneMore() {
    String one = "<sip_full_to>\"Ann\" <sip:1002@pbx.example></sip_full_to>\n";
    FreeSwitchDocument document = document(one.repeat(100_000));
    assertThat(document.variables()).hasSize(100_000);
    assertThat(document.repairs())
        .hasSize(1_001)
        .endsWith(new Repair("more", "document", "99000 more repairs, not listed", ""));
    assertThat(refusal(("<cdr><variables>" + one.repeat(100_001)).getBytes(UTF_8)))
        .startsWith(BEYOND_REPAIR);
  }

  @Test
  void readsADirtyDocumentOfThreeMegabytes() {
    String clean = "<sip_h_X-Long>" + "v%20".repeat(1_000) + "</sip_h_X-Long>\n";
    String dirty = "<set a>1</set a><2>a&b</2><nolocal:c><sip:1@pbx.example></nolocal:c>\u0001\n";
    FreeSwitchDocument document = document((clean + dirty).repeat(750));
    assertThat(document.variables()).hasSize(4 * 750);
    assertThat(document.repairs())
        .endsWith(new Repair("more", "document", "3500 more repairs, not listed", ""));
  }

  @Test
  void stopsAtAMillionAttributes() {
    String attributes =
        IntStream.range(0, 1_000_000).mapToObj(i -> " a" + i + "=''").collect(Collectors.joining());
    assertThat(refusal(("<cdr" + attributes + "/>").getBytes(UTF_8)))
        .isEqualTo("The element that begins here has more than 1000 attributes.");
  }

  private static FreeSwitchDocument document(String variables) {
    String document = "<cdr><variables>" + variables + "</variables></cdr>";
    return ((Read) Answers.check(document.getBytes(UTF_8))).document();
  }

  private static String refusal(byte[] body) {
    FreeSwitchReading reading = Answers.check(body);
    assertThat(reading).isInstanceOf(Unreadable.class);
    return ((Unreadable) reading).violations().get(0).message();
  }

  /** The same every time; it begins with what begins no document. */
  private static byte[] garbage(int length) {
    byte[] garbage = new byte[length];
    new Random(length).nextBytes(garbage);
    garbage[0] = (byte) 0x80;
    return garbage;
  }

  private static byte[] after(String beginning, byte[] rest) {
    byte[] first = beginning.getBytes(UTF_8);
    byte[] all = Arrays.copyOf(first, first.length + rest.length);
    System.arraycopy(rest, 0, all, first.length, rest.length);
    return all;
  }
}
