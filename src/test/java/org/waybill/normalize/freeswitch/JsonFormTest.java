package org.waybill.normalize.freeswitch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.waybill.normalize.freeswitch.Fixtures.read;
import static org.waybill.normalize.freeswitch.Fixtures.value;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.waybill.normalize.Repair;

class JsonFormTest {
  @Test
  void readsJson() {
    FreeSwitchDocument document = read("clean.json");
    assertThat(document.coreUuid()).isEqualTo("5f0c7d3e-1111-4c55-9a53-0b6f2e4d9a01");
    assertThat(document.switchname()).isEqualTo("sw1.example.net");
    assertThat(document.channelData()).containsEntry("direction", "inbound");
    assertThat(document.variables())
        .hasSize(5)
        .contains(
            new RawVariable("uuid", "0f6a3a52-7f0e-4a8e-8a3b-2f1d5b7c9e10", 3, 14),
            new RawVariable("DP_MATCH", "ARRAY::a|:b", 3, 121));
    assertThat(document.callflows()).hasSize(2);
    assertThat(document.callflows().get(0).profile())
        .isEqualTo(
            Map.of(
                "caller_id_name",
                "Ann \"O'Hara\"",
                "uuid",
                "0f6a3a52-7f0e-4a8e-8a3b-2f1d5b7c9e10"));
    assertThat(document.repairs()).isEmpty();
  }

  @Test
  void readsACallflowThatIsNoArray() {
    List<Callflow> callflows = read("callflow-as-object.json").callflows();
    assertThat(callflows).isEqualTo(read("clean.json").callflows().subList(0, 1));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "nul|variables|245|forbidden-character|3:165|U+0000",
        "escaped-control|profile|old|forbidden-character|7:59|U+001B",
        "raw-line-end|profile|'o\nld'|raw-control|7:61|'\nld'",
        "raw-backslash|profile|o\\ld|raw-backslash|7:61|\\ld",
      })
  void mendsJson(
      String fixture, String part, String value, String kind, String where, String before) {
    FreeSwitchDocument document = read(fixture + ".json");
    String found =
        part.equals("variables")
            ? value(document, "billsec")
            : document.callflows().get(1).profile().get("caller_id_name");
    assertThat(found).isEqualTo(value);
    assertThat(document.repairs().get(0))
        .extracting(Repair::kind, Repair::before)
        .containsExactly(kind, before);
    assertThat(document.variables()).hasSize(5);
  }

  @Test
  void readsWhatIsNoNumberAsNull() {
    FreeSwitchDocument document = read("nan.json");
    assertThat(document.repairs())
        .containsExactly(
            new Repair("nan", "2:40", "-nan", "null"), new Repair("nan", "2:58", "inf", "null"));
    assertThat(document.variables()).isEqualTo(read("clean.json").variables());
  }
}
