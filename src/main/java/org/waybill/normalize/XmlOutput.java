package org.waybill.normalize;

import com.ctc.wstx.io.WstxInputData;

/** What XML 1.0 can hold and how it is written. */
final class XmlOutput {
  private XmlOutput() {}

  /** Whether it may be the name of an element that has no namespace. */
  static boolean isName(String name) {
    return !name.isEmpty() && WstxInputData.findIllegalNameChar(name, true, false) < 0;
  }

  /** The text without the characters that XML 1.0 forbids, even as a reference. */
  static String mend(String text) {
    if (text.codePoints().allMatch(XmlOutput::isAllowed)) {
      return text;
    }
    StringBuilder mended = new StringBuilder(text.length());
    text.codePoints().filter(XmlOutput::isAllowed).forEach(mended::appendCodePoint);
    return mended.toString();
  }

  /** XML 1.0, production 2. */
  private static boolean isAllowed(int c) {
    if (c < ' ') {
      return c == '\t' || c == '\n' || c == '\r';
    }
    return c < Character.MIN_SURROGATE
        || (c > Character.MAX_SURROGATE && c != 0xFFFE && c != 0xFFFF);
  }

  /** Writes the text of an element so that a parser reads back the same. */
  static void writeText(String text, StringBuilder xml) {
    write(text, false, xml);
  }

  /** Writes the value of an attribute, with its quotes, so that a parser reads back the same. */
  static void writeAttribute(String value, StringBuilder xml) {
    xml.append('"');
    write(value, true, xml);
    xml.append('"');
  }

  private static void write(String text, boolean attribute, StringBuilder xml) {
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      switch (c) {
        case '&' -> xml.append("&amp;");
        case '<' -> xml.append("&lt;");
        case '>' -> xml.append("&gt;");
        // A parser would make a line feed of it, and in an attribute a space of all three.
        case '\r' -> xml.append("&#13;");
        case '\t', '\n', '"' -> writeInside(c, attribute, xml);
        default -> xml.append(c);
      }
    }
  }

  private static void writeInside(char c, boolean attribute, StringBuilder xml) {
    if (attribute) {
      xml.append("&#").append((int) c).append(';');
    } else {
      xml.append(c);
    }
  }
}
