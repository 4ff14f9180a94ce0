package org.waybill.normalize.freeswitch;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.waybill.normalize.Repair;

class DocumentHashTest {
  @Test
  void isTheSameForTheSameValuesHoweverTheyAreWritten() {
    assertThat(hash(some().with("v", "a%20%e9"))).isEqualTo(hash(some().with("v", "%61%20%E9")));
  }

  @Test
  void isTheSameInAnyOrderAndWithoutWhatSaysNothing() {
    assertThat(hash(some().with("a", "1").with("b", "2").with("c", "")))
        .isEqualTo(hash(some().with("b", "2").with("a", "1")));
  }

  @Test
  void isTheSameForAMendedDocumentAndASoundOne() {
    assertThat(hash(some().repaired(new Repair("blank-in-tag", "1:1", "< a>", "<a>"))))
        .isEqualTo(hash(some()));
  }

  @Test
  void staysWhatItIsStoredAs() {
    assertThat(hash(some()))
        .isEqualTo("d8a5be55a4bcc60f34c02875175e0adb5f42ce9c52cef93a9d3f63ab982953b1");
  }

  @Test
  void tellsEveryOtherValueApart() {
    List<SomeDocument> others =
        List.of(
            some(),
            some().with("a", "1"),
            some().with("a", "2"),
            some().with("a", "1").with("a", "2"),
            some().with("a", "2").with("a", "1"),
            some().with("A", "1"),
            some().but("rmOrgID", "1002"),
            some().from("fs2", "c0e1"),
            some().from("fs1", "c0e2"),
            some().from("fs1", null),
            some().channel("direction", "outbound"),
            some().callflow(Map.of("context", "x"), Map.of()),
            some().callflow(Map.of(), Map.of("created_time", "1")));
    assertThat(others).extracting(DocumentHashTest::hash).doesNotHaveDuplicates();
  }

  private static SomeDocument some() {
    return SomeDocument.good()
        .channel("state", "CS_REPORTING")
        .callflow(Map.of("destination_number", "2002"), Map.of("created_time", "0"));
  }

  private static String hash(SomeDocument document) {
    FreeSwitchDocument read = document.document();
    return HexFormat.of().formatHex(DocumentHash.of(read, ChannelVariables.of(read)));
  }
}
