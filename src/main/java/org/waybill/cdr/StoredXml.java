package org.waybill.cdr;

import com.ctc.wstx.stax.WstxInputFactory;
import java.io.StringReader;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLStreamConstants;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;
import org.jspecify.annotations.Nullable;

/**
 * Reads documents that this system accepted and stored itself. They were proven against the schema
 * then, so nothing is validated here; what comes from outside is the document room's.
 */
public final class StoredXml {
  private static final XMLInputFactory FACTORY = factory();

  private StoredXml() {}

  /** One free element: a variable of a CDR or a field of a task, with all text in it. */
  public interface Element {
    void accept(String name, String value);
  }

  /**
   * @throws UnreadableStoredXml when it is not what was stored
   */
  public static Cdr cdr(String xml) {
    Map<String, String> data = new HashMap<>();
    List<Variable> variables = new ArrayList<>();
    try {
      XMLStreamReader reader = open(xml);
      while (nextChild(reader)) {
        if (reader.getLocalName().equals("data")) {
          readData(reader, data, variables);
        } else {
          skip(reader);
        }
      }
      reader.close();
      return cdr(data, variables);
    } catch (XMLStreamException | RuntimeException e) {
      throw new UnreadableStoredXml("a CDR's xml", e);
    }
  }

  /**
   * Reads the child elements of the root, such as the fields of a stored task.
   *
   * @throws UnreadableStoredXml when it is not what was stored
   */
  public static void children(String xml, Element each) {
    try {
      XMLStreamReader reader = open(xml);
      readElements(reader, each);
      reader.close();
    } catch (XMLStreamException | RuntimeException e) {
      throw new UnreadableStoredXml("a task's xml_fragment", e);
    }
  }

  private static Cdr cdr(Map<String, String> data, List<Variable> variables) {
    String offset = data.get("TimeZoneOffset");
    return new Cdr(
        UUID.fromString(required(data, "uuid")),
        offset == null ? null : Integer.valueOf(offset.strip()),
        Long.parseLong(required(data, "StartEpoch")),
        TableSuffix.parse(required(data, "TableSuffix")),
        data.get("LegUUID"),
        Integer.parseInt(required(data, "rmOrgID")),
        data.get("rmUserID"),
        variables);
  }

  private static String required(Map<String, String> data, String name) {
    @Nullable String value = data.get(name);
    if (value == null) {
      throw new IllegalArgumentException("It has no " + name + ".");
    }
    return value.strip();
  }

  private static XMLStreamReader open(String xml) throws XMLStreamException {
    XMLStreamReader reader = FACTORY.createXMLStreamReader(new StringReader(xml));
    reader.nextTag();
    return reader;
  }

  private static void readData(
      XMLStreamReader reader, Map<String, String> data, List<Variable> variables)
      throws XMLStreamException {
    while (nextChild(reader)) {
      String name = reader.getLocalName();
      if (name.equals("variables")) {
        readElements(reader, (variable, value) -> variables.add(new Variable(variable, value)));
      } else {
        data.put(name, text(reader));
      }
    }
  }

  private static void readElements(XMLStreamReader reader, Element each) throws XMLStreamException {
    while (nextChild(reader)) {
      String name = name(reader);
      each.accept(name, text(reader));
    }
  }

  // A name that XML forbids was written <variable name="...">.
  private static String name(XMLStreamReader reader) {
    String prefix = reader.getPrefix();
    String local = reader.getLocalName();
    @Nullable String given = reader.getAttributeValue(null, "name");
    if (local.equals("variable") && given != null) {
      return given;
    }
    return prefix == null || prefix.isEmpty() ? local : prefix + ":" + local;
  }

  /** Moves to the next child element, or past the end of the parent. */
  private static boolean nextChild(XMLStreamReader reader) throws XMLStreamException {
    while (true) {
      int event = reader.next();
      if (event == XMLStreamConstants.START_ELEMENT) {
        return true;
      }
      if (event == XMLStreamConstants.END_ELEMENT || event == XMLStreamConstants.END_DOCUMENT) {
        return false;
      }
    }
  }

  /** All text inside the element, that of elements in it included. */
  private static String text(XMLStreamReader reader) throws XMLStreamException {
    StringBuilder text = new StringBuilder();
    int depth = 1;
    while (depth > 0) {
      switch (reader.next()) {
        case XMLStreamConstants.CHARACTERS, XMLStreamConstants.CDATA, XMLStreamConstants.SPACE ->
            text.append(reader.getText());
        case XMLStreamConstants.START_ELEMENT -> depth++;
        case XMLStreamConstants.END_ELEMENT -> depth--;
        default -> {
          // Comments and processing instructions are no values.
        }
      }
    }
    return text.toString();
  }

  private static void skip(XMLStreamReader reader) throws XMLStreamException {
    text(reader);
  }

  private static XMLInputFactory factory() {
    XMLInputFactory factory = new WstxInputFactory();
    factory.setProperty(XMLInputFactory.SUPPORT_DTD, false);
    factory.setProperty(XMLInputFactory.IS_SUPPORTING_EXTERNAL_ENTITIES, false);
    return factory;
  }
}
