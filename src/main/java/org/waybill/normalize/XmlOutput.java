package org.waybill.normalize;

import com.ctc.wstx.io.WstxInputData;

/** How XML is written so that the reader of CDRs, which is Woodstox, reads back the same. */
final class XmlOutput {
  private XmlOutput() {}

  /** Whether it may be the name of an element that has no namespace; Woodstox allows fewer. */
  static boolean isName(String name) {
    return !name.isEmpty() && WstxInputData.findIllegalNameChar(name, true, false) < 0;
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
