package org.waybill.normalize.freeswitch;

import java.util.List;
import org.waybill.normalize.Normalization.Fault;
import org.waybill.normalize.RawDocument;
import org.waybill.normalize.freeswitch.FreeSwitchReading.Read;
import org.waybill.normalize.freeswitch.FreeSwitchReading.Unreadable;

/**
 * Reads what a FreeSWITCH wrote, wrapped as it is, mending what is known to come broken. Whatever
 * the bytes are, the answer is a reading, in time and memory in proportion to them.
 */
final class FreeSwitchReader {
  FreeSwitchReading read(RawDocument raw) {
    try {
      return new Read(document(raw.body()));
    } catch (UnreadableDocument e) {
      return new Unreadable(Fault.NOT_WELL_FORMED, List.of(e.violation()));
    }
  }

  private static FreeSwitchDocument document(byte[] body) throws UnreadableDocument {
    Repairs repairs = new Repairs();
    byte[] inner = Wrapping.unwrap(body, repairs);
    DocumentText text = DocumentText.of(Decoding.decode(inner, repairs), repairs);
    return text.beginsWith('{')
        ? new JsonForm(text, repairs).read()
        : new XmlForm(text, repairs).read();
  }
}
