package org.waybill.document;

import com.ctc.wstx.stax.WstxInputFactory;
import java.io.StringReader;
import javax.xml.stream.Location;
import javax.xml.stream.XMLStreamConstants;
import javax.xml.stream.XMLStreamException;
import org.codehaus.stax2.XMLStreamReader2;

/** Finds elements of a document again, since the first reading remembers no places. */
final class Places {
  /** Of {@code cdr}, {@code data} and what that holds. A variable of the same name lies deeper. */
  private static final int DEPTH = 3;

  private final WstxInputFactory xml = XmlLimits.factory(XmlLimits.DEPTH_FOLLOWED);

  /**
   * A violation at the first element of that name.
   *
   * @throws XMLStreamException when the document is not well-formed up to there
   */
  Violation violation(XmlText text, String element, String message) throws XMLStreamException {
    XMLStreamReader2 reader =
        (XMLStreamReader2) xml.createXMLStreamReader(new StringReader(text.characters()));
    try {
      while (reader.hasNext()) {
        if (reader.next() == XMLStreamConstants.START_ELEMENT
            && reader.getDepth() <= DEPTH
            && reader.getLocalName().equals(element)) {
          Location place = reader.getLocationInfo().getStartLocation();
          return new Violation(place.getLineNumber(), place.getColumnNumber(), message);
        }
      }
      return new Violation(0, 0, message);
    } finally {
      reader.closeCompletely();
    }
  }
}
