package org.waybill.document;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import javax.xml.stream.XMLStreamException;
import org.codehaus.stax2.XMLStreamReader2;
import org.codehaus.stax2.util.StreamReader2Delegate;

/**
 * Shows JAXB what the schema names and reads itself what the schema leaves free: the elements of
 * {@code variables} and of each {@code task}. JAXB would make a DOM document of every such element,
 * which costs twenty times as much as all the rest (docs/adr/0003).
 *
 * <p>The reader behind it validates, so a name is enough to know where we are.
 */
final class FreeContentReader extends StreamReader2Delegate {
  private final XMLStreamReader2 reader;
  private final XmlText text;
  private final FreeElements elements;

  /** Declared on {@code cdr} and {@code tasks}: what a task must bring along to stand alone. */
  private final Map<String, String> namespaces = new LinkedHashMap<>();

  private final List<FreeElement> variables = new ArrayList<>();
  private final List<List<FreeElement>> taskFields = new ArrayList<>();
  private final List<String> taskXml = new ArrayList<>();

  /**
   * @param reader at the start of the root
   */
  FreeContentReader(XMLStreamReader2 reader, XmlText text) {
    super(reader);
    this.reader = reader;
    this.text = text;
    this.elements = new FreeElements(reader);
    rememberNamespaces();
  }

  List<FreeElement> variables() {
    return variables;
  }

  /** The fields of each task, in the order of the tasks. */
  List<List<FreeElement>> taskFields() {
    return taskFields;
  }

  /** Each task element, well-formed by itself. */
  List<String> taskXml() {
    return taskXml;
  }

  @Override
  public int next() throws XMLStreamException {
    if (reader.getEventType() == START_ELEMENT) {
      String name = reader.getLocalName();
      if (name.equals("variables")) {
        return readAll(variables);
      }
      if (name.equals("task")) {
        return readTask();
      }
    }
    int event = reader.next();
    if (event == START_ELEMENT && reader.getLocalName().equals("tasks")) {
      rememberNamespaces();
    }
    return event;
  }

  private int readAll(List<FreeElement> into) throws XMLStreamException {
    int event = reader.next();
    while (event != END_ELEMENT) {
      if (event == START_ELEMENT) {
        into.add(elements.read());
      }
      event = reader.next();
    }
    return event;
  }

  private int readTask() throws XMLStreamException {
    int start = (int) reader.getLocationInfo().getStartingCharOffset();
    String inherited = inheritedNamespaces();
    List<FreeElement> fields = new ArrayList<>();
    int event = readAll(fields);
    int end = (int) reader.getLocationInfo().getEndingCharOffset();
    String xml = text.characters().substring(start, end);
    taskXml.add(inherited.isEmpty() ? xml : "<task" + inherited + xml.substring("<task".length()));
    taskFields.add(fields);
    return event;
  }

  private void rememberNamespaces() {
    for (int i = 0; i < reader.getNamespaceCount(); i++) {
      String prefix = reader.getNamespacePrefix(i);
      if (prefix != null && !prefix.isEmpty()) {
        namespaces.put(prefix, reader.getNamespaceURI(i));
      }
    }
  }

  private String inheritedNamespaces() {
    if (namespaces.isEmpty()) {
      return "";
    }
    Map<String, String> inherited = new LinkedHashMap<>(namespaces);
    for (int i = 0; i < reader.getNamespaceCount(); i++) {
      inherited.remove(reader.getNamespacePrefix(i));
    }
    StringBuilder declarations = new StringBuilder();
    inherited.forEach(
        (prefix, uri) ->
            declarations
                .append(" xmlns:")
                .append(prefix)
                .append("=\"")
                .append(uri.replace("&", "&amp;").replace("<", "&lt;").replace("\"", "&quot;"))
                .append('"'));
    return declarations.toString();
  }
}
