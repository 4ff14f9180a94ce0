package org.waybill.document;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.xml.bind.JAXBException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Clock;
import java.util.List;
import javax.xml.stream.Location;
import javax.xml.stream.XMLStreamException;
import org.jspecify.annotations.Nullable;
import org.waybill.document.Reading.Hints;
import org.xml.sax.SAXException;

/**
 * Reads a document in the cdr-normalized schema. One fast pass proves a good one; what it gives up
 * is read a second time, to say all that is wrong with it. Whatever the bytes are, the answer is a
 * {@link Reading}, never an exception.
 */
@ApplicationScoped
public class CdrReader {
  private static final Logger LOG = System.getLogger(CdrReader.class.getName());

  private final CdrParser parser;
  private final Explanation explanation;
  private final Rules rules;
  private final Places places = new Places();

  /** For the proxy, which never reads by itself. */
  @SuppressWarnings("NullAway")
  protected CdrReader() {
    parser = null;
    explanation = null;
    rules = null;
  }

  @Inject
  public CdrReader(Clock clock) {
    rules = new Rules(clock);
    parser = new CdrParser();
    explanation = new Explanation(rules);
  }

  /**
   * @param charset the charset parameter of the Content-Type, where there was one
   */
  public Reading read(byte[] body, @Nullable String charset) {
    try {
      return read(XmlText.of(body, charset));
    } catch (UnreadableXml e) {
      return new Reading.NotWellFormed(e.violation());
    }
  }

  /**
   * What is wrong with a document for a reason that lies outside of it, told at the place of one of
   * its elements; without a place where there is no such element.
   *
   * @param charset the charset parameter of the Content-Type, where there was one
   * @param element {@code cdr} or one that {@code data} holds
   */
  public Violation violation(
      byte[] body, @Nullable String charset, String element, String message) {
    try {
      return places.violation(XmlText.of(body, charset), element, message);
    } catch (UnreadableXml | XMLStreamException e) {
      return new Violation(0, 0, message);
    }
  }

  private Reading read(XmlText text) {
    Violation doubt = new Violation(1, 1, "The document breaks a rule.");
    try {
      CdrContent content = parser.parse(text);
      Violations broken = new Violations();
      rules.check(Facts.of(content), broken);
      if (broken.isEmpty()) {
        return new Reading.Valid(content);
      }
    } catch (XMLStreamException e) {
      doubt = doubt(e, e.getLocation());
    } catch (JAXBException | RuntimeException | StackOverflowError e) {
      doubt = doubt(e, null);
    }
    return explain(text, doubt);
  }

  private Reading explain(XmlText text, Violation doubt) {
    try {
      return explanation.explain(text, doubt);
    } catch (SAXException | RuntimeException | StackOverflowError e) {
      LOG.log(
          Level.WARNING,
          "WB-DOCUMENT-02 A document was refused, but why could only be told in part; please report"
              + " this with the document.",
          e);
      return new Reading.Invalid(List.of(doubt), Hints.NONE);
    }
  }

  /** Told only if the second reading finds nothing, so it need not be pretty. */
  private static Violation doubt(Throwable e, @Nullable Location place) {
    String sentence = "The document breaks the schema: " + e.getMessage();
    return place == null
        ? new Violation(1, 1, sentence)
        : new Violation(place.getLineNumber(), place.getColumnNumber(), sentence);
  }
}
