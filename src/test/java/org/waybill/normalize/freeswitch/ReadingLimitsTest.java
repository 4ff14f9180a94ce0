package org.waybill.normalize.freeswitch;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.waybill.normalize.freeswitch.FreeSwitchReading.Read;
import org.waybill.normalize.freeswitch.FreeSwitchReading.Unreadable;

/** Each limit is reached, and passed by one. N stands for what makes the limit. */
class ReadingLimitsTest {
  @Test
  void stopsAtMoreElementsThanAnyCallHas() {
    FreeSwitchReading reading =
        Answers.check(("<cdr><variables>" + "<a/>".repeat(250_001)).getBytes(UTF_8));
    assertThat(((Unreadable) reading).violations().get(0).message())
        .isEqualTo("The document has more than 250000 elements.");
  }

  @ParameterizedTest
  @CsvSource({
    "<cdr>, <a>, </a>, </cdr>, 99",
    "<cdr><callflow>, <a>, </a>, </callflow></cdr>, 98",
    "<cdr><callflow><caller_profile>, <originator>, </originator>, </caller_profile></callflow></cdr>, 97",
  })
  void nestsOneElementInItselfAHundredDeep(
      String before, String begin, String end, String after, int most) {
    String deep = before + begin.repeat(most) + end.repeat(most) + after;
    assertThat(Answers.check(deep.getBytes(UTF_8))).isInstanceOf(Read.class);
    String deeper = before + begin.repeat(most + 1) + end.repeat(most + 1) + after;
    assertThat(refusal(deeper)).isEqualTo("Elements are nested more than 100 deep here.");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{\"a\":N} | [ | ] | 99",
        "{\"a\":N0} | {\"b\": | } | 99",
        "{\"callflow\":[{\"x\":N}]} | [ | ] | 97",
      })
  void nestsJsonAHundredDeep(String document, String begin, String end, int most) {
    String full = begin.equals("[") ? "" : "0";
    String template = document.replace("N0", "N");
    String deep = template.replace("N", begin.repeat(most) + full + end.repeat(most));
    assertThat(Answers.check(deep.getBytes(UTF_8))).isInstanceOf(Read.class);
    String deeper = template.replace("N", begin.repeat(most + 1) + full + end.repeat(most + 1));
    assertThat(refusal(deeper)).isEqualTo("Values are nested more than 100 deep here.");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "<cdr N></cdr>",
        "<cdr><variables N></variables></cdr>",
        "<cdr><variables><a N>x</a></variables></cdr>",
        "<cdr><callflow N/></cdr>",
        "<cdr><x N/></cdr>",
        "<cdr><x><x N></x></x></cdr>"
      })
  void takesAThousandAttributesOfAnElement(String document) {
    String full = document.replace("N", attributes(1_000));
    assertThat(Answers.check(full.getBytes(UTF_8))).isInstanceOf(Read.class);
    assertThat(refusal(document.replace("N", attributes(1_001))))
        .isEqualTo("The element that begins here has more than 1000 attributes.");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "<cdr><variables><N>x</N></variables></cdr>",
        "<cdr><variables><N/></variables></cdr>",
        "<cdr><variables><Nn a='b'>x</Nn></variables></cdr>",
        "<cdr><variables><a N='x'>x</a></variables></cdr>",
        "<cdr N='x'/>",
        "<cdr><N>x</N></cdr>",
        "<cdr><callflow><times><N>1</N></times></callflow></cdr>",
        "{\"N\":1}",
        "{\"variables\":{\"N\":\"1\"}}"
      })
  void takesNamesOfAThousandCharacters(String document) {
    int own = document.contains("Nn") ? 999 : 1_000;
    String full = document.replace("N", "n".repeat(own));
    assertThat(Answers.check(full.getBytes(UTF_8))).isInstanceOf(Read.class);
    assertThat(refusal(document.replace("N", "n".repeat(own + 1))))
        .isEqualTo("A name here is longer than 1000 characters.");
  }

  @Test
  void takesNamesOfAThousandCharactersThatXmlForbids() {
    String name = "1 " + "n".repeat(998);
    String document = "<cdr><variables><N>x</N></variables></cdr>";
    FreeSwitchReading reading = Answers.check(document.replace("N", name).getBytes(UTF_8));
    assertThat(Fixtures.value(((Read) reading).document(), name)).isEqualTo("x");
    assertThat(refusal(document.replace("N", name + "n")))
        .isEqualTo("A name here is longer than 1000 characters.");
  }

  private static String attributes(int number) {
    return IntStream.range(0, number)
        .mapToObj(i -> "a" + i + "=''")
        .collect(Collectors.joining(" "));
  }

  private static String refusal(String document) {
    FreeSwitchReading reading = Answers.check(document.getBytes(UTF_8));
    assertThat(reading).isInstanceOf(Unreadable.class);
    return ((Unreadable) reading).violations().get(0).message();
  }
}
