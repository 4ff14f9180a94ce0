package org.waybill.document;

import com.ctc.wstx.exc.WstxException;
import com.ctc.wstx.stax.WstxInputFactory;
import java.io.StringReader;
import javax.xml.stream.Location;
import javax.xml.stream.XMLStreamConstants;
import javax.xml.stream.XMLStreamException;
import javax.xml.validation.Schema;
import org.codehaus.stax2.XMLStreamReader2;
import org.waybill.document.GuardedReader.DoctypeFound;
import org.xml.sax.SAXException;

/**
 * The second reading, of a document that the first one gave up: finds everything that is wrong with
 * it. The same parser reads it, so both agree on what XML is; Xerces, which goes on after an error,
 * judges it.
 */
final class Explanation {
  private static final String DOCTYPE =
      "A document type declaration (<!DOCTYPE …>) is not accepted: remove it, with any entities.";

  private final WstxInputFactory xml = XmlLimits.factory(XmlLimits.DEPTH_FOLLOWED);
  private final Schema schema = CdrSchema.forXerces();
  private final Outline outline = new Outline();
  private final Rules rules;

  Explanation(Rules rules) {
    this.rules = rules;
  }

  /**
   * @param doubt why the first reading gave up, told if nothing better is found
   */
  Reading explain(XmlText text, Violation doubt) throws SAXException {
    Violations found = new Violations();
    Examination examination = new Examination(outline, schema.newValidatorHandler(), found);
    try {
      examine(text, examination);
    } catch (DoctypeFound e) {
      return new Reading.NotWellFormed(violation(e, DOCTYPE));
    } catch (WstxException e) {
      return new Reading.NotWellFormed(violation(e, sentence(e)));
    } catch (XMLStreamException e) {
      found.add(violation(e, String.valueOf(e.getMessage())));
    }
    rules.check(examination.facts(), found);
    if (found.isEmpty()) {
      found.add(doubt);
    }
    return new Reading.Invalid(found.told(), examination.hints());
  }

  private void examine(XmlText text, Examination examination)
      throws XMLStreamException, SAXException {
    XMLStreamReader2 woodstox =
        (XMLStreamReader2) xml.createXMLStreamReader(new StringReader(text.characters()));
    GuardedReader reader = new GuardedReader(woodstox);
    try {
      while (reader.hasNext()) {
        switch (reader.next()) {
          case XMLStreamConstants.START_ELEMENT -> examination.start(reader);
          case XMLStreamConstants.END_ELEMENT -> examination.end();
          case XMLStreamConstants.CHARACTERS, XMLStreamConstants.CDATA, XMLStreamConstants.SPACE ->
              examination.text(reader.getText());
          default -> {
            // Comments and processing instructions are allowed anywhere and mean nothing.
          }
        }
      }
    } finally {
      woodstox.closeCompletely();
    }
  }

  /** Woodstox tells what and where; the place is kept apart. */
  private static String sentence(WstxException e) {
    String told = String.valueOf(e.getMessage());
    int place = told.indexOf("\n at [row");
    String what = (place < 0 ? told : told.substring(0, place)).replace("EOF", "end of document");
    return "The document is not well-formed: " + what.strip().replaceAll("\\.+$", "") + ".";
  }

  private static Violation violation(XMLStreamException e, String message) {
    Location place = e.getLocation();
    return place == null
        ? new Violation(0, 0, message)
        : new Violation(
            Math.max(1, place.getLineNumber()), Math.max(1, place.getColumnNumber()), message);
  }
}
