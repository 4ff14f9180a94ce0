package org.waybill.document;

import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;
import javax.xml.XMLConstants;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;
import org.jspecify.annotations.Nullable;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;
import org.xml.sax.SAXException;

/**
 * What the schema says, in the form in which it is explained to people: which element may hold
 * which, and the phrase that describes each type of value. Taken from the schema itself.
 */
final class Outline {
  private static final String XS = XMLConstants.W3C_XML_SCHEMA_NS_URI;

  /**
   * A complex type.
   *
   * @param children by name, in the schema's order; empty when it is open
   * @param open whether it holds any elements
   * @param attributes types by name
   */
  record Kind(Map<String, Child> children, boolean open, Map<String, String> attributes) {}

  record Child(String name, String type, boolean required, boolean repeats) {}

  private final Map<String, Kind> kinds = new LinkedHashMap<>();
  private final Map<String, String> phrases = new LinkedHashMap<>();
  private final Child root;

  Outline() {
    Element schema = schema();
    for (Element type : elements(schema, "complexType")) {
      kinds.put(type.getAttribute("name"), kind(type));
    }
    for (Element type : elements(schema, "simpleType")) {
      String phrase = elements(type, "documentation").iterator().next().getTextContent().strip();
      phrases.put(type.getAttribute("name"), phrase);
    }
    root = child(elements(schema, "element").iterator().next());
  }

  Child root() {
    return root;
  }

  /** The complex type of that name; null for a type of plain values. */
  @Nullable Kind kind(String type) {
    return kinds.get(type);
  }

  /** Completes the sentence "It must be …". */
  String phrase(String type) {
    return phrases.getOrDefault(type, "a value of type " + type);
  }

  private Kind kind(Element type) {
    Map<String, Child> children = new LinkedHashMap<>();
    for (Element element : elements(type, "element")) {
      children.put(element.getAttribute("name"), child(element));
    }
    Map<String, String> attributes = new LinkedHashMap<>();
    for (Element attribute : elements(type, "attribute")) {
      attributes.put(attribute.getAttribute("name"), attribute.getAttribute("type"));
    }
    return new Kind(children, children.isEmpty(), attributes);
  }

  private static Child child(Element element) {
    return new Child(
        element.getAttribute("name"),
        element.getAttribute("type"),
        !element.getAttribute("minOccurs").equals("0"),
        element.getAttribute("maxOccurs").equals("unbounded"));
  }

  private static Element schema() {
    try {
      DocumentBuilderFactory factory = DocumentBuilderFactory.newDefaultNSInstance();
      factory.setFeature(XMLConstants.FEATURE_SECURE_PROCESSING, true);
      try (var in = CdrSchema.url().openStream()) {
        return factory.newDocumentBuilder().parse(in).getDocumentElement();
      }
    } catch (ParserConfigurationException | SAXException | IOException e) {
      throw CdrSchema.unusable(e);
    }
  }

  private static Iterable<Element> elements(Element parent, String name) {
    NodeList nodes = parent.getElementsByTagNameNS(XS, name);
    return () ->
        java.util.stream.IntStream.range(0, nodes.getLength())
            .mapToObj(i -> (Element) nodes.item(i))
            .iterator();
  }
}
