package org.waybill.task;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.URI;
import org.junit.jupiter.api.Test;

class MaskedUrlTest {
  private static final URI STORED = URI.create("smtp://wb:top:secret@mail:25");

  @Test
  void showsTheUserButNoPasswordAndNoToken() {
    assertThat(MaskedUrl.of(STORED)).isEqualTo("smtp://wb:***@mail:25");
    assertThat(MaskedUrl.of(URI.create("https://token@h/in?a=b")))
        .isEqualTo("https://***@h/in?a=b");
    assertThat(MaskedUrl.of(URI.create("https://h/a@b"))).isEqualTo("https://h/a@b");
  }

  @Test
  void findsTheSecretAgainThatAMaskStandsForEvenWhenTheRestHasChanged() {
    assertThat(unmasked("smtp://wb:***@mail:25")).isEqualTo(STORED);
    assertThat(unmasked("smtps://wb:***@mail:465"))
        .isEqualTo(URI.create("smtps://wb:top:secret@mail:465"));
    assertThat(MaskedUrl.unmasked(URI.create("https://***@h"), URI.create("https://token@h")))
        .isEqualTo(URI.create("https://token@h"));
  }

  @Test
  void takesAnotherPasswordOrNoneAsItIsWritten() {
    assertThat(unmasked("smtp://wb:new@mail:25")).isEqualTo(URI.create("smtp://wb:new@mail:25"));
    assertThat(unmasked("smtp://mail:25")).isEqualTo(URI.create("smtp://mail:25"));
  }

  @Test
  void refusesAMaskThatStandsForNothingKnown() {
    assertThatThrownBy(() -> unmasked("smtp://other:***@mail:25"))
        .hasMessageContaining("write the password itself");
    assertThatThrownBy(() -> MaskedUrl.unmasked(URI.create("smtp://wb:***@mail"), null))
        .hasMessageContaining("write the password itself");
    assertThatThrownBy(
            () -> MaskedUrl.unmasked(URI.create("smtp://***@mail"), URI.create("smtp://mail")))
        .hasMessageContaining("write the password itself");
  }

  private static URI unmasked(String sent) {
    return MaskedUrl.unmasked(URI.create(sent), STORED);
  }
}
