package org.waybill.normalize.freeswitch;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Base64;
import org.waybill.document.Violation;
import org.waybill.normalize.Normalization.Fault;
import org.waybill.normalize.RawDocument;
import org.waybill.normalize.XmlCharacters;
import org.waybill.normalize.freeswitch.FreeSwitchReading.Read;
import org.waybill.normalize.freeswitch.FreeSwitchReading.Unreadable;

/** What every answer of the reader must be like, whatever it was given. */
final class Answers {
  private static final FreeSwitchReader READER = new FreeSwitchReader();

  private Answers() {}

  static FreeSwitchReading check(byte[] body) {
    try {
      FreeSwitchReading reading = READER.read(new RawDocument(body, null, null));
      if (reading instanceof Read read) {
        check(read.document());
      } else if (reading instanceof Unreadable unreadable) {
        check(unreadable);
      }
      return reading;
    } catch (RuntimeException | Error e) {
      throw new AssertionError("Given " + Base64.getEncoder().encodeToString(body), e);
    }
  }

  private static void check(FreeSwitchDocument document) {
    for (RawVariable variable : document.variables()) {
      assertThat(variable.line()).isPositive();
      assertThat(variable.column()).isPositive();
      assertThat(variable.name().length()).isLessThanOrEqualTo(1_000);
      check(variable.name());
      check(variable.encoded());
    }
    document.channelData().values().forEach(Answers::check);
    for (Callflow callflow : document.callflows()) {
      callflow.profile().values().forEach(Answers::check);
      callflow.times().values().forEach(Answers::check);
    }
    assertThat(document.repairs()).hasSizeLessThanOrEqualTo(1_001);
  }

  /** What a CDR keeps is XML. */
  private static void check(String text) {
    assertThat(XmlCharacters.nextForbidden(text, 0)).isEqualTo(text.length());
  }

  private static void check(Unreadable unreadable) {
    assertThat(unreadable.fault()).isEqualTo(Fault.NOT_WELL_FORMED);
    assertThat(unreadable.violations()).hasSize(1);
    Violation violation = unreadable.violations().get(0);
    assertThat(violation.line()).isPositive();
    assertThat(violation.column()).isPositive();
    assertThat(violation.message()).endsWith(".").doesNotContain("\n");
  }
}
