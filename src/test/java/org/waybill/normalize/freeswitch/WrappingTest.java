package org.waybill.normalize.freeswitch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.waybill.normalize.freeswitch.Fixtures.CLEAN;
import static org.waybill.normalize.freeswitch.Fixtures.read;
import static org.waybill.normalize.freeswitch.Fixtures.value;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.waybill.normalize.Repair;

class WrappingTest {
  @ParameterizedTest
  @ValueSource(
      strings = {
        "percent.form",
        "base64.form",
        "percent.cdr.xml",
        "base64.cdr.xml",
        "crlf.xml",
        "utf-16.xml"
      })
  void findsTheSameInEveryWireForm(String name) {
    assertThat(read(name)).isEqualTo(CLEAN);
  }

  @Test
  void readsWhatARelayEncodedAsAForm() {
    FreeSwitchDocument document = read("percent-by-a-relay.form");
    assertThat(document.variables()).isEqualTo(CLEAN.variables());
    assertThat(document.callflows()).isEqualTo(CLEAN.callflows());
    assertThat(document.repairs()).containsExactly(new Repair("form-blank", "1:1", "+", " "));
  }

  @Test
  void readsABodyThatWasEncodedOnlyOnce() {
    FreeSwitchDocument document = read("percent-once.form");
    assertThat(value(document, "sip_full_from"))
        .isEqualTo("\"Ann\" <sip:1001@pbx.example>;tag=7hQ");
    assertThat(value(document, "switch_r_sdp")).isEqualTo("v=0\r\no=- 1 1 IN IP4 192.0.2.7\r\n");
    assertThat(document.callflows()).isEqualTo(CLEAN.callflows());
    assertThat(document.repairs())
        .containsExactly(
            new Repair(
                "raw-markup",
                "26:26",
                "<sip:1001@pbx.example>;tag=7hQ",
                "&lt;sip:1001@pbx.example&gt;;tag=7hQ"));
  }

  @Test
  void readsJsonThatWasEncodedOnlyOnce() {
    FreeSwitchDocument document = read("percent-once-json.form");
    assertThat(value(document, "sip_full_from")).isEqualTo("\"Ann\" <sip:1001@pbx.example>");
    assertThat(document.callflows()).isEqualTo(read("clean.json").callflows());
    assertThat(document.repairs()).extracting(Repair::kind).containsExactly("raw-quote");
  }

  @Test
  void readsADeclaredEncoding() {
    FreeSwitchDocument document = read("latin-1.xml");
    assertThat(document.callflows().get(0).profile())
        .containsEntry("caller_id_name", "Ann O'Hara & fils né");
    assertThat(document.repairs()).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({"leading-nul.xml, 1:1, U+0000", "trailing-nul.xml, 77:1, U+0000 U+0000"})
  void readsADocumentBetweenNuls(String fixture, String where, String before) {
    FreeSwitchDocument document = read(fixture);
    assertThat(document.repairs())
        .containsExactly(new Repair("forbidden-character", where, before, ""));
    assertThat(document.callflows()).isEqualTo(CLEAN.callflows());
    assertThat(document.variables()).isEqualTo(CLEAN.variables());
  }
}
