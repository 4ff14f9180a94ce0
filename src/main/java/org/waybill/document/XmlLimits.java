package org.waybill.document;

import com.ctc.wstx.api.WstxInputProperties;
import com.ctc.wstx.stax.WstxInputFactory;
import javax.xml.stream.XMLInputFactory;
import org.codehaus.stax2.XMLInputFactory2;

/**
 * Every limit on hostile XML. The size of a document is limited before it comes here; these bound
 * what a document of that size can cost.
 */
public final class XmlLimits {
  /** Elements inside each other. */
  public static final int DEPTH = 100;

  /**
   * How deep a document that is refused anyway is followed to see whether it is well-formed at all.
   */
  static final int DEPTH_FOLLOWED = 10_000;

  /** Characters of the name of an element, attribute or processing instruction. */
  public static final int NAME_LENGTH = 1_000;

  public static final int ATTRIBUTES_PER_ELEMENT = 1_000;

  /** Characters of an attribute's value. */
  static final int ATTRIBUTE_LENGTH = 1_000_000;

  /** Elements of a document: each costs memory by itself, however little it holds. */
  public static final long ELEMENTS = 250_000;

  /** Characters of one text. */
  static final int TEXT_LENGTH = 64_000_000;

  /** Places of a raw document that are mended; no switch writes one with more. */
  public static final int REPAIRS = 100_000;

  /** Violations told of one document; whoever has more has one cause for them. */
  static final int VIOLATIONS = 1_000;

  /** Characters of a value quoted in a sentence. */
  static final int QUOTED = 60;

  /** Characters within which an XML declaration must end. */
  static final int DECLARATION = 1_024;

  private XmlLimits() {}

  /** A factory of readers that hold these limits. No DTD is processed, nothing is fetched. */
  static WstxInputFactory factory(int depth) {
    WstxInputFactory factory = new WstxInputFactory();
    factory.configureForSpeed();
    factory.setProperty(XMLInputFactory.SUPPORT_DTD, false);
    factory.setProperty(XMLInputFactory.IS_SUPPORTING_EXTERNAL_ENTITIES, false);
    factory.setProperty(XMLInputFactory.IS_COALESCING, true);
    factory.setProperty(XMLInputFactory2.P_PRESERVE_LOCATION, true);
    // Eager: a lazy reader throws unchecked exceptions from getters.
    factory.setProperty(XMLInputFactory2.P_LAZY_PARSING, false);
    // The cache behind it is never emptied, and namespaces are the sender's to invent.
    factory.setProperty(XMLInputFactory2.P_INTERN_NS_URIS, false);
    factory.setProperty(WstxInputProperties.P_MAX_ELEMENT_DEPTH, depth);
    factory.setProperty(WstxInputProperties.P_MAX_ATTRIBUTES_PER_ELEMENT, ATTRIBUTES_PER_ELEMENT);
    factory.setProperty(WstxInputProperties.P_MAX_ATTRIBUTE_SIZE, ATTRIBUTE_LENGTH);
    factory.setProperty(WstxInputProperties.P_MAX_ELEMENT_COUNT, ELEMENTS);
    factory.setProperty(WstxInputProperties.P_MAX_TEXT_LENGTH, TEXT_LENGTH);
    return factory;
  }
}
