package org.waybill.document;

import com.ctc.wstx.stax.WstxInputFactory;
import java.io.StringReader;
import javax.xml.stream.XMLStreamException;
import org.codehaus.stax2.XMLStreamReader2;
import org.jspecify.annotations.Nullable;

/** Whether bytes are an XML document at all. */
final class WellFormedness {
  private final WstxInputFactory xml = XmlLimits.factory(XmlLimits.DEPTH);

  boolean of(byte[] body, @Nullable String charset) {
    try {
      XMLStreamReader2 reader =
          (XMLStreamReader2)
              xml.createXMLStreamReader(new StringReader(XmlText.of(body, charset).characters()));
      while (reader.hasNext()) {
        reader.next();
      }
      reader.closeCompletely();
      return true;
    } catch (XMLStreamException | UnreadableXml e) {
      return false;
    }
  }
}
