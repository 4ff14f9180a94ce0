package org.waybill.document;

import com.ctc.wstx.exc.WstxException;
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
      throw new LimitPassed(
          "The document is beyond what is accepted: " + e.getMessage() + ".", reader.getLocation());
    }
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
          "A name has "
              + length
              + " characters, but at most "
              + XmlLimits.NAME_LENGTH
              + " are accepted.",
          reader.getLocation());
    }
  }
}
