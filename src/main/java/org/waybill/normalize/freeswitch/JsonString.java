package org.waybill.normalize.freeswitch;

import org.jspecify.annotations.Nullable;
import org.waybill.normalize.XmlCharacters;

/**
 * A text in quotation marks. It ends at the first mark that JSON can go on after, so that one with
 * raw marks inside is read as it was meant; in valid JSON that is always the first one.
 *
 * @param end the offset behind it
 */
record JsonString(String value, int end) {
  private static final int HEX = 16;
  private static final int HEX_DIGITS = 4;
  private static final int EXCERPT = 40;

  /** Where a text stands, which tells what may follow it. */
  enum Kind {
    NAME,
    VALUE,
    ELEMENT
  }

  static JsonString at(int offset, Kind kind, DocumentText text, Gathered gathered)
      throws UnreadableDocument {
    return new Reader(offset, kind, text, gathered).read();
  }

  /** Reads one. */
  private static final class Reader {
    private final int begin;
    private final Kind kind;
    private final DocumentText text;
    private final String characters;
    private final Gathered gathered;
    private final StringBuilder value = new StringBuilder();
    private int at;
    private @Nullable Flaw flaw;
    private int flawAt;

    Reader(int begin, Kind kind, DocumentText text, Gathered gathered) {
      this.begin = begin;
      this.kind = kind;
      this.text = text;
      this.gathered = gathered;
      characters = text.characters();
      at = begin + 1;
    }

    JsonString read() throws UnreadableDocument {
      while (at < characters.length()) {
        char c = characters.charAt(at);
        if (c == '"') {
          if (closes()) {
            record();
            return new JsonString(allowed(), at + 1);
          }
          note(Flaw.RAW_QUOTE);
        } else if (c < ' ') {
          note(Flaw.RAW_CONTROL);
        }
        if (c == '\\') {
          escape();
        } else {
          value.append(c);
          at++;
        }
      }
      throw text.unreadable(
          begin, "The text that begins here has no end; the document was perhaps cut off.");
    }

    /** Names are escaped whatever happens to values. */
    private boolean closes() {
      int after = XmlCharacters.afterBlanks(characters, at + 1);
      char next = charAt(after);
      return switch (kind) {
        case NAME -> true;
        case ELEMENT -> next == ',' || next == ']' || next == 0;
        case VALUE ->
            next == 0
                || (next == '}' && isEndOfObject(after))
                || (next == ',' && mayGoOn(XmlCharacters.afterBlanks(characters, after + 1)));
      };
    }

    private boolean isEndOfObject(int brace) {
      char next = charAt(XmlCharacters.afterBlanks(characters, brace + 1));
      return next == 0 || next == ',' || next == '}' || next == ']';
    }

    private boolean mayGoOn(int from) {
      return charAt(from) == '"' || charAt(from) == '}' || charAt(from) == 0;
    }

    private void escape() {
      int code = "\"\\/bfnrt".indexOf(charAt(at + 1));
      if (code >= 0) {
        value.append("\"\\/\b\f\n\r\t".charAt(code));
        at += 2;
      } else if (charAt(at + 1) == 'u' && codeUnit() >= 0) {
        value.append((char) codeUnit());
        at += 2 + HEX_DIGITS;
      } else {
        note(Flaw.RAW_BACKSLASH);
        value.append('\\');
        at++;
      }
    }

    private int codeUnit() {
      int unit = 0;
      for (int i = at + 2; i < at + 2 + HEX_DIGITS; i++) {
        int digit = charAt(i) < 0x80 ? Character.digit(charAt(i), HEX) : -1;
        if (digit < 0) {
          return -1;
        }
        unit = HEX * unit + digit;
      }
      return unit;
    }

    private String allowed() throws UnreadableDocument {
      String whole = value.toString();
      int bad = XmlCharacters.nextForbidden(whole, 0);
      if (bad == whole.length()) {
        return whole;
      }
      String left = whole.substring(bad, XmlCharacters.nextAllowed(whole, bad));
      gathered.repair(begin, Flaw.FORBIDDEN_CHARACTER, XmlCharacters.named(left), "");
      return XmlCharacters.allowedOf(whole);
    }

    /** One repair a text tells enough: the first. */
    private void note(Flaw found) {
      if (flaw == null) {
        flaw = found;
        flawAt = at;
      }
    }

    private void record() throws UnreadableDocument {
      if (flaw != null) {
        String before = characters.substring(flawAt, Math.min(at, flawAt + EXCERPT));
        gathered.repair(flawAt, flaw, before, escaped(before));
      }
    }

    private static String escaped(String text) {
      return text.replace("\\", "\\\\")
          .replace("\"", "\\\"")
          .replace("\n", "\\n")
          .replace("\r", "\\r")
          .replace("\t", "\\t");
    }

    private char charAt(int offset) {
      return offset < characters.length() ? characters.charAt(offset) : 0;
    }
  }
}
