package org.waybill.document;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Locale;
import javax.xml.stream.Location;
import javax.xml.validation.ValidatorHandler;
import org.codehaus.stax2.XMLStreamReader2;
import org.jspecify.annotations.Nullable;
import org.waybill.document.Outline.Child;
import org.waybill.document.Outline.Kind;
import org.waybill.document.Reading.Hints;
import org.xml.sax.SAXException;
import org.xml.sax.helpers.AttributesImpl;

/**
 * Follows a document through the schema. Elements that have no business where they stand are told
 * and left out, so that they neither hide nor cause other violations; the rest is for Xerces to
 * judge.
 */
final class Examination {
  private final Outline outline;
  private final ValidatorHandler xerces;
  private final Violations violations;
  private final Deque<OpenElement> open = new ArrayDeque<>();
  private final FactFinder facts = new FactFinder();

  /** Elements open inside one that is left out or that the schema leaves free. */
  private int unexamined;

  private boolean tooDeep;

  Examination(Outline outline, ValidatorHandler xerces, Violations violations) throws SAXException {
    this.outline = outline;
    this.xerces = xerces;
    this.violations = violations;
    xerces.setProperty("http://apache.org/xml/properties/locale", Locale.ENGLISH);
    xerces.setErrorHandler(new SchemaFaults(outline, open::peek, violations::add));
    xerces.startDocument();
  }

  Facts facts() {
    return facts.facts();
  }

  Hints hints() {
    return facts.hints();
  }

  void start(XMLStreamReader2 reader) throws SAXException {
    Location place = reader.getLocationInfo().getStartLocation();
    checkDepth(reader.getDepth(), place);
    if (unexamined > 0) {
      unexamined++;
      return;
    }
    OpenElement parent = open.peek();
    if (parent != null && parent.isFree()) {
      unexamined = 1;
      facts.beginField(reader.getLocalName(), place);
      return;
    }
    Child child = parent == null ? root(reader, place) : child(parent, reader, place);
    if (child == null) {
      unexamined = 1;
    } else {
      examine(child, reader, place);
    }
  }

  void text(String text) throws SAXException {
    if (unexamined > 0) {
      facts.text(text);
    } else if (!open.isEmpty()) {
      open.element().append(text);
      xerces.characters(text.toCharArray(), 0, text.length());
    }
  }

  void end() throws SAXException {
    if (unexamined > 0) {
      unexamined--;
      if (unexamined == 0 && !open.isEmpty()) {
        facts.endField(open.element());
      }
      return;
    }
    OpenElement element = open.element();
    xerces.endElement("", element.name(), element.name());
    for (String missing : element.missing()) {
      tell(element.place(), element.name() + " must hold the element " + missing + ".");
    }
    if (element.kind() == null) {
      facts.value(element);
    }
    open.pop();
  }

  private void examine(Child child, XMLStreamReader2 reader, Location place) throws SAXException {
    open.push(new OpenElement(child, outline.kind(child.type()), place));
    if (child.name().equals("task")) {
      facts.task(reader.getAttributeValue("", "type"), place);
    }
    for (int i = 0; i < reader.getNamespaceCount(); i++) {
      String prefix = reader.getNamespacePrefix(i);
      xerces.startPrefixMapping(prefix == null ? "" : prefix, reader.getNamespaceURI(i));
    }
    xerces.startElement("", child.name(), child.name(), attributes(reader));
  }

  private @Nullable Child root(XMLStreamReader2 reader, Location place) {
    Child root = outline.root();
    if (isNamed(reader, root.name())) {
      return root;
    }
    tell(
        place,
        "The root element must be "
            + root.name()
            + " without a namespace, but is "
            + name(reader)
            + ".");
    return null;
  }

  private @Nullable Child child(OpenElement parent, XMLStreamReader2 reader, Location place) {
    Kind kind = parent.kind();
    if (kind == null) {
      parent.refuse();
      tell(place, parent.name() + " may hold only text, but has the element " + name(reader) + ".");
      return null;
    }
    Child child = kind.children().get(reader.getLocalName());
    if (child == null || !isNamed(reader, child.name())) {
      // One in a namespace is wrong, but it would be odd to miss it as well.
      parent.add(reader.getLocalName(), place);
      tell(place, parent.name() + " may not hold the element " + name(reader) + allowed(kind));
      return null;
    }
    Location first = parent.add(child.name(), place);
    if (first != place && !child.repeats()) {
      tell(
          place,
          parent.name()
              + " may hold "
              + child.name()
              + " only once; the first is in line "
              + first.getLineNumber()
              + ".");
      return null;
    }
    return child;
  }

  private static String allowed(Kind kind) {
    return "; it may hold " + String.join(", ", kind.children().keySet()) + ".";
  }

  private void checkDepth(int depth, Location place) {
    if (depth > XmlLimits.DEPTH && !tooDeep) {
      tooDeep = true;
      tell(place, "Elements may be nested at most " + XmlLimits.DEPTH + " deep; this is deeper.");
    }
  }

  private void tell(Location place, String sentence) {
    violations.add(new Violation(place.getLineNumber(), place.getColumnNumber(), sentence));
  }

  private static boolean isNamed(XMLStreamReader2 reader, String name) {
    return reader.getLocalName().equals(name) && namespace(reader.getNamespaceURI()).isEmpty();
  }

  private static String name(XMLStreamReader2 reader) {
    String namespace = namespace(reader.getNamespaceURI());
    String name = Quoted.of(reader.getLocalName());
    return namespace.isEmpty() ? name : name + " of the namespace " + Quoted.of(namespace);
  }

  private static AttributesImpl attributes(XMLStreamReader2 reader) {
    AttributesImpl attributes = new AttributesImpl();
    for (int i = 0; i < reader.getAttributeCount(); i++) {
      String prefix = reader.getAttributePrefix(i);
      String local = reader.getAttributeLocalName(i);
      attributes.addAttribute(
          namespace(reader.getAttributeNamespace(i)),
          local,
          prefix == null || prefix.isEmpty() ? local : prefix + ":" + local,
          "CDATA",
          reader.getAttributeValue(i));
    }
    return attributes;
  }

  private static String namespace(@Nullable String uri) {
    return uri == null ? "" : uri;
  }
}
