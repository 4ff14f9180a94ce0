package org.waybill.normalize;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.Random;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.RepetitionInfo;
import org.junit.jupiter.api.Test;

class LenientUtf8Test {
  @Test
  void readsUtf8AsItIs() {
    assertThat(LenientUtf8.of("é漢😀\u0000".getBytes(StandardCharsets.UTF_8)))
        .isEqualTo(new LenientUtf8("é漢😀\u0000", false));
    assertThat(LenientUtf8.of(new byte[0])).isEqualTo(new LenientUtf8("", false));
  }

  @Test
  void readsEachOtherByteByItself() {
    byte[] bytes = "\u00E9, \u00C3\u00A9, \u00F0\u009F\u0098".getBytes(StandardCharsets.ISO_8859_1);
    assertThat(LenientUtf8.of(bytes)).isEqualTo(new LenientUtf8("é, é, ðŸ˜", true));
  }

  @RepeatedTest(200)
  void readsAnyBytes(RepetitionInfo repetition) {
    byte[] bytes = new byte[64];
    new Random(repetition.getCurrentRepetition()).nextBytes(bytes);
    LenientUtf8 read = LenientUtf8.of(bytes);
    assertThat(read.text()).isNotEmpty();
    assertThat(LenientUtf8.of(read.text().getBytes(StandardCharsets.UTF_8)))
        .isEqualTo(new LenientUtf8(read.text(), false));
  }
}
