package org.waybill.normalize.freeswitch;

import org.waybill.normalize.XmlCharacters;

/**
 * The characters that a piece of XML between two tags means, or that its writer must have meant.
 */
final class XmlValue {
  private static final int LONGEST_REFERENCE = 12;
  private static final int HEX = 16;
  private static final int DECIMAL = 10;
  private static final String CDATA = "<![CDATA[";
  private static final String CDATA_END = "]]>";
  private static final String COMMENT = "<!--";
  private static final String COMMENT_END = "-->";

  private final String written;
  private final DocumentText text;
  private final int offset;
  private final Repairs repairs;
  private final StringBuilder value;

  /** Known beforehand, so that many sections that nothing ends are not each looked through. */
  private final int lastSectionEnd;

  private final int lastCommentEnd;
  private int at;
  private int firstTag = -1;
  private int firstAmpersand = -1;

  private XmlValue(String written, DocumentText text, int offset, Repairs repairs) {
    this.written = written;
    this.text = text;
    this.offset = offset;
    this.repairs = repairs;
    value = new StringBuilder(written.length());
    lastSectionEnd = written.lastIndexOf(CDATA_END);
    lastCommentEnd = written.lastIndexOf(COMMENT_END);
  }

  /**
   * @param offset of its first character in the text
   */
  static String of(String written, DocumentText text, int offset, Repairs repairs)
      throws UnreadableDocument {
    boolean plain = written.indexOf('<') < 0 && written.indexOf('&') < 0;
    return plain ? written : new XmlValue(written, text, offset, repairs).read();
  }

  private String read() throws UnreadableDocument {
    while (at < written.length()) {
      char c = written.charAt(at);
      if (c == '<') {
        section();
      } else if (c == '&') {
        reference();
      } else {
        value.append(c);
        at++;
      }
    }
    record();
    return value.toString();
  }

  private void section() {
    if (at <= lastSectionEnd && written.startsWith(CDATA, at)) {
      int end = written.indexOf(CDATA_END, at);
      value.append(written, at + CDATA.length(), end);
      at = end + CDATA_END.length();
      return;
    }
    int inside = at + COMMENT.length();
    if (inside <= lastCommentEnd && written.startsWith(COMMENT, at)) {
      at = written.indexOf(COMMENT_END, inside) + COMMENT_END.length();
      return;
    }
    firstTag = firstTag < 0 ? at : firstTag;
    value.append('<');
    at++;
  }

  private void reference() throws UnreadableDocument {
    int end = at + 1;
    int last = Math.min(written.length(), at + LONGEST_REFERENCE);
    while (end < last && written.charAt(end) != ';') {
      end++;
    }
    int character = end < last ? character(written.substring(at + 1, end)) : -1;
    if (character < 0) {
      firstAmpersand = firstAmpersand < 0 ? at : firstAmpersand;
      value.append('&');
      at++;
      return;
    }
    if (XmlCharacters.isAllowed(character)) {
      value.appendCodePoint(character);
    } else {
      String reference = written.substring(at, end + 1);
      repairs.add(text.place(offset + at), Flaw.FORBIDDEN_CHARACTER, reference, "");
    }
    at = end + 1;
  }

  /** -1 if it names none. */
  private static int character(String name) {
    return switch (name) {
      case "lt" -> '<';
      case "gt" -> '>';
      case "amp" -> '&';
      case "quot" -> '"';
      case "apos" -> '\'';
      default -> {
        if (name.startsWith("#x")) {
          yield number(name.substring(2), HEX);
        }
        yield name.startsWith("#") ? number(name.substring(1), DECIMAL) : -1;
      }
    };
  }

  private static int number(String digits, int base) {
    boolean number = !digits.isEmpty();
    for (int i = 0; i < digits.length(); i++) {
      number &= digits.charAt(i) < 0x80 && Character.digit(digits.charAt(i), base) >= 0;
    }
    long value = number ? Long.parseLong(digits, base) : -1;
    return value > Character.MAX_CODE_POINT ? -1 : (int) value;
  }

  private void record() throws UnreadableDocument {
    if (firstTag >= 0) {
      record(firstTag, Flaw.RAW_MARKUP);
    } else if (firstAmpersand >= 0) {
      record(firstAmpersand, Flaw.RAW_AMPERSAND);
    }
  }

  private void record(int first, Flaw flaw) throws UnreadableDocument {
    String before = written.substring(first, Math.min(written.length(), first + 200));
    repairs.add(text.place(offset + first), flaw, before, escaped(before));
  }

  static String escaped(String text) {
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
  }
}
