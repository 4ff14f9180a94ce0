package org.waybill.document;

import com.ctc.wstx.exc.WstxException;
import java.util.Locale;
import javax.xml.stream.Location;
import javax.xml.stream.XMLStreamException;
import org.codehaus.stax2.XMLStreamReader2;
import org.codehaus.stax2.util.StreamReader2Delegate;
import org.jspecify.annotations.Nullable;

/** Holds the limits that Woodstox has no setting for. */
final class GuardedReader extends StreamReader2Delegate {
  private final XMLStreamReader2 reader;

  GuardedReader(XMLStreamReader2 reader) {
    super(reader);
    this.reader = reader;
  }

  /** The document has a document type declaration. None is ever needed, and each is a weapon. */
  static final class DoctypeFound extends XMLStreamException {
    private static final long serialVersionUID = 1L;

    DoctypeFound(Location place) {
      location = place;
    }
  }

  /** A limit of {@link XmlLimits} is passed; the message is a sentence. */
  static final class LimitPassed extends XMLStreamException {
    private static final long serialVersionUID = 1L;

    LimitPassed(String message, Location place) {
      super(message);
      location = place;
    }
  }

  @Override
  public int next() throws XMLStreamException {
    int event = nextOfWoodstox();
    switch (event) {
      case START_ELEMENT -> checkNames();
      case PROCESSING_INSTRUCTION -> checkLength(reader.getPITarget().length());
      case DTD -> throw new DoctypeFound(reader.getLocation());
      default -> {
        // Nothing else has a name.
      }
    }
    return event;
  }

  private int nextOfWoodstox() throws XMLStreamException {
    try {
      return reader.next();
    } catch (WstxException e) {
      throw e;
    } catch (XMLStreamException e) {
      // What is not well-formed is a WstxException; this is a limit, told without a place.
      throw new LimitPassed(sentence(String.valueOf(e.getMessage())), reader.getLocation());
    }
  }

  /** Woodstox 7.1 knows its limits only by these words. */
  private static String sentence(String told) {
    String words = told.toLowerCase(Locale.ROOT);
    if (words.contains("element depth")) {
      return "Elements are nested too deep to read on.";
    }
    if (words.contains("element count")) {
      return "A document may have at most " + XmlLimits.ELEMENTS + " elements.";
    }
    if (words.contains("attribute size")) {
      return "An attribute may have at most " + XmlLimits.ATTRIBUTE_LENGTH + " characters.";
    }
    if (words.contains("attribute limit")) {
      return "An element may have at most " + XmlLimits.ATTRIBUTES_PER_ELEMENT + " attributes.";
    }
    return "The document is beyond what is accepted: " + told + ".";
  }

  private void checkNames() throws LimitPassed {
    checkName(reader.getPrefix(), reader.getLocalName());
    for (int i = 0; i < reader.getAttributeCount(); i++) {
      checkName(reader.getAttributePrefix(i), reader.getAttributeLocalName(i));
    }
    for (int i = 0; i < reader.getNamespaceCount(); i++) {
      String prefix = reader.getNamespacePrefix(i);
      checkLength(prefix == null ? 0 : prefix.length());
    }
  }

  private void checkName(@Nullable String prefix, String local) throws LimitPassed {
    checkLength(
        prefix == null || prefix.isEmpty() ? local.length() : prefix.length() + 1 + local.length());
  }

  private void checkLength(int length) throws LimitPassed {
    if (length > XmlLimits.NAME_LENGTH) {
      throw new LimitPassed(
          "A name may have at most "
              + XmlLimits.NAME_LENGTH
              + " characters, but has "
              + length
              + ".",
          reader.getLocation());
    }
  }
}
