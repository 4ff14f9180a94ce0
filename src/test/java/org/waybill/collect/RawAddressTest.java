package org.waybill.collect;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class RawAddressTest {
  @Test
  void takesTheUuidThatASwitchAppends() {
    assertThat(RawAddress.of("/api/collect/freeswitch", "uuid=a_1-2"))
        .isEqualTo(new RawAddress("freeswitch", "a_1-2"));
    assertThat(RawAddress.of("/api/collect/freeswitch", "pbx=7&uuid=1-2"))
        .isEqualTo(new RawAddress("freeswitch", "1-2"));
    assertThat(RawAddress.of("/api/collect/freeswitch", null))
        .isEqualTo(new RawAddress("freeswitch", null));
    assertThat(RawAddress.of("/api/collect/freeswitch", "uuid="))
        .isEqualTo(new RawAddress("freeswitch", null));
  }

  @Test
  void takesTheUuidThatASwitchAppendsToTheWrongOneOfItsUrls() {
    assertThat(RawAddress.of("/api/collect/freeswitch&uuid=a_1-2", null))
        .isEqualTo(new RawAddress("freeswitch", "a_1-2"));
  }

  @Test
  void decodesOnceAndLeavesWhatIsNoEscape() {
    assertThat(RawAddress.of("/api/collect/x", "uuid=%61_1%2B+2"))
        .isEqualTo(new RawAddress("x", "a_1++2"));
    assertThat(RawAddress.of("/api/collect/x", "uuid=%6")).isEqualTo(new RawAddress("x", "%6"));
  }

  @Test
  void leavesTheAddressesBelowAFormatToOthers() {
    assertThat(RawAddress.of("/api/collect/freeswitch/batch", null)).isNull();
    assertThat(RawAddress.of("/api/collect", null)).isNull();
  }
}
