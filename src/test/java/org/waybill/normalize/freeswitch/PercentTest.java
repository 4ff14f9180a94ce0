package org.waybill.normalize.freeswitch;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.waybill.normalize.LenientUtf8;

class PercentTest {
  @ParameterizedTest
  @CsvSource({
    "plain, plain",
    "1%2B1+1, 1+1+1",
    "%2540, %40",
    "100%, 100%",
    "%4, %4",
    "%%41, %A",
    "%g1%1g, %g1%1g",
    "%-1%+1, %-1%+1",
    "'%٤٢', '%٤٢'",
    "%C3%A9é, éé",
    "%f0%9F%98%80, 😀",
    "'', ''"
  })
  void decodesWhatIsAnEscapeAndNothingElse(String encoded, String text) {
    assertThat(Percent.decode(encoded)).isEqualTo(new LenientUtf8(text, false));
  }

  @Test
  void readsWhatIsNotUtf8AsWindows1252() {
    assertThat(Percent.decode("%E9t%C3%A9 %80 Zo%C3"))
        .isEqualTo(new LenientUtf8("été € ZoÃ", true));
    assertThat(Percent.decode("%C0%80%ED%A0%80").mended()).isTrue();
  }
}
