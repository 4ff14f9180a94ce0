package org.waybill.document;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;
import javax.xml.stream.XMLStreamConstants;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;
import org.jspecify.annotations.Nullable;

/** Reads elements that the schema leaves free. */
final class FreeElements {
  private final XMLStreamReader reader;
  private final StringBuilder text = new StringBuilder();
  private final StringBuilder markup = new StringBuilder();

  FreeElements(XMLStreamReader reader) {
    this.reader = reader;
  }

  /** Reads the element that the reader stands at, and leaves the reader at its end. */
  FreeElement read() throws XMLStreamException {
    text.setLength(0);
    markup.setLength(0);
    String name = nameAsWritten(reader.getPrefix(), reader.getLocalName());
    Map<String, String> attributes = attributes();
    boolean plain = attributes.isEmpty() && hasNoNamespace();
    if (!plain) {
      markNameAndAttributes();
    }
    boolean holdsElements = content(!plain);
    String canonical = plain && !holdsElements ? "" : markup.toString();
    return new FreeElement(name, attributes, text.toString(), canonical);
  }

  /** Depth is limited, so this may recurse. White space beside elements is only formatting. */
  private boolean content(boolean marked) throws XMLStreamException {
    boolean holdsElements = false;
    int unmarked = text.length();
    while (true) {
      switch (reader.next()) {
        case XMLStreamConstants.CHARACTERS, XMLStreamConstants.CDATA, XMLStreamConstants.SPACE ->
            text.append(reader.getTextCharacters(), reader.getTextStart(), reader.getTextLength());
        case XMLStreamConstants.START_ELEMENT -> {
          holdsElements = true;
          markText(unmarked, false);
          markNameAndAttributes();
          content(true);
          markup.append("</>");
          unmarked = text.length();
        }
        case XMLStreamConstants.END_ELEMENT -> {
          if (marked || holdsElements) {
            markText(unmarked, !holdsElements);
          }
          return holdsElements;
        }
        default -> {
          // Comments and processing instructions say nothing about a call.
        }
      }
    }
  }

  private void markText(int from, boolean evenBlank) {
    String part = text.substring(from);
    if (evenBlank || !part.isBlank()) {
      markup.append(part.replace("&", "&amp;").replace("<", "&lt;"));
    }
  }

  private void markNameAndAttributes() {
    markup.append('<').append(expanded(reader.getNamespaceURI(), reader.getLocalName()));
    Map<String, String> sorted = new TreeMap<>();
    for (int i = 0; i < reader.getAttributeCount(); i++) {
      sorted.put(
          expanded(reader.getAttributeNamespace(i), reader.getAttributeLocalName(i)),
          reader.getAttributeValue(i));
    }
    sorted.forEach(
        (name, value) ->
            markup
                .append(' ')
                .append(name)
                .append("=\"")
                .append(value.replace("&", "&amp;").replace("\"", "&quot;"))
                .append('"'));
    markup.append('>');
  }

  private Map<String, String> attributes() {
    int count = reader.getAttributeCount();
    if (count == 0) {
      return Map.of();
    }
    Map<String, String> attributes = new LinkedHashMap<>();
    for (int i = 0; i < count; i++) {
      attributes.put(
          nameAsWritten(reader.getAttributePrefix(i), reader.getAttributeLocalName(i)),
          reader.getAttributeValue(i));
    }
    return attributes;
  }

  private static String nameAsWritten(@Nullable String prefix, String local) {
    return prefix == null || prefix.isEmpty() ? local : prefix + ":" + local;
  }

  private static String expanded(@Nullable String namespace, String local) {
    return namespace == null || namespace.isEmpty() ? local : "{" + namespace + "}" + local;
  }

  private boolean hasNoNamespace() {
    String namespace = reader.getNamespaceURI();
    return namespace == null || namespace.isEmpty();
  }
}
