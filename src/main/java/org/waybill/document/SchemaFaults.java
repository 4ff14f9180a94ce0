package org.waybill.document;

import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.waybill.document.Outline.Kind;
import org.xml.sax.ErrorHandler;
import org.xml.sax.SAXParseException;

/**
 * Says in plain sentences what Xerces finds. Its codes are those of the XML Schema recommendation,
 * appendix C.1; a wrong value is told under two of them, of which one is enough.
 */
final class SchemaFaults implements ErrorHandler {
  private static final Pattern CODE = Pattern.compile("^([a-zA-Z0-9.-]+): *");
  private static final Pattern VALUE_OF_ATTRIBUTE =
      Pattern.compile("value '(.*)' of attribute '([^']+)'", Pattern.DOTALL);
  private static final Pattern ATTRIBUTE = Pattern.compile("[aA]ttribute,? '([^']+)'");

  private final Outline outline;
  private final Supplier<@Nullable OpenElement> current;
  private final Consumer<Violation> found;

  SchemaFaults(
      Outline outline, Supplier<@Nullable OpenElement> current, Consumer<Violation> found) {
    this.outline = outline;
    this.current = current;
    this.found = found;
  }

  @Override
  public void warning(SAXParseException e) {
    // Nothing that a document must be refused for.
  }

  @Override
  public void error(SAXParseException e) {
    OpenElement element = current.get();
    String told = String.valueOf(e.getMessage());
    if (element == null || element.isRefused()) {
      return;
    }
    String sentence = sentence(told, element);
    if (sentence != null) {
      found.accept(
          new Violation(
              element.place().getLineNumber(), element.place().getColumnNumber(), sentence));
    }
  }

  @Override
  public void fatalError(SAXParseException e) {
    error(e);
  }

  private @Nullable String sentence(String told, OpenElement element) {
    Matcher matcher = CODE.matcher(told);
    String code = matcher.find() ? matcher.group(1) : "";
    String name = element.name();
    return switch (code) {
      case "cvc-type.3.1.3" -> wrongValue(element);
      case "cvc-attribute.3" -> wrongAttribute(told, element);
      case "cvc-complex-type.3.2.2", "cvc-type.3.1.1" -> strangeAttribute(told, element);
      case "cvc-complex-type.4" -> name + " must have the attribute " + attribute(told) + ".";
      case "cvc-complex-type.2.3" ->
          name
              + " may hold only elements, but has the text "
              + Quoted.of(element.text().strip())
              + ".";
      // The examination tells what is missing, one sentence each.
      case "cvc-complex-type.2.4.b" -> null;
      default -> isFacet(code) ? null : otherFault(matcher.replaceFirst(""), element);
    };
  }

  /** What remains comes of xsi attributes, and tells the same thing in several ways. */
  private static String otherFault(String told, OpenElement element) {
    element.refuse();
    return element.name() + " breaks the schema: " + told;
  }

  private String wrongValue(OpenElement element) {
    element.refuse();
    return element.name()
        + " must be "
        + outline.phrase(element.type())
        + ", but is "
        + Quoted.of(element.text())
        + ".";
  }

  private String wrongAttribute(String told, OpenElement element) {
    Matcher matcher = VALUE_OF_ATTRIBUTE.matcher(told);
    if (!matcher.find()) {
      return told;
    }
    Kind kind = element.kind();
    String type = kind == null ? null : kind.attributes().get(matcher.group(2));
    return "The attribute "
        + matcher.group(2)
        + " of "
        + element.name()
        + " must be "
        + (type == null ? "of its type" : outline.phrase(type))
        + ", but is "
        + Quoted.of(matcher.group(1))
        + ".";
  }

  private static String strangeAttribute(String told, OpenElement element) {
    Kind kind = element.kind();
    String allowed =
        kind == null || kind.attributes().isEmpty()
            ? ""
            : "; it has " + String.join(" and ", kind.attributes().keySet());
    return element.name() + " has no attribute " + attribute(told) + allowed + ".";
  }

  private static String attribute(String told) {
    Matcher matcher = ATTRIBUTE.matcher(told);
    return matcher.find() ? matcher.group(1) : "";
  }

  /** Which facet a value breaks; that it is wrong is told next. */
  private static boolean isFacet(String code) {
    return code.endsWith("-valid") || code.startsWith("cvc-datatype-valid");
  }
}
