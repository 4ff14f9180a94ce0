package org.waybill.normalize.freeswitch;

import org.jspecify.annotations.Nullable;
import org.waybill.normalize.XmlCharacters;

/**
 * An attribute of a tag, as it is written.
 *
 * @param end the offset behind it
 */
record Attribute(String name, String value, int end) {

  /** The one that begins with the blanks at an offset; null if none does. */
  static @Nullable Attribute at(int offset, String characters) {
    int begin = XmlCharacters.afterBlanks(characters, offset);
    int endOfName = XmlCharacters.endOfName(characters, begin);
    int sign = XmlCharacters.afterBlanks(characters, endOfName);
    if (begin == offset || endOfName == begin || !characters.startsWith("=", sign)) {
      return null;
    }
    int quote = XmlCharacters.afterBlanks(characters, sign + 1);
    int end = endOfValue(characters, quote);
    return end < 0
        ? null
        : new Attribute(
            characters.substring(begin, endOfName), characters.substring(quote + 1, end), end + 1);
  }

  /** Where the quotation mark stands that ends it; -1 if none does before a {@code <}. */
  private static int endOfValue(String characters, int quote) {
    if (!characters.startsWith("\"", quote) && !characters.startsWith("'", quote)) {
      return -1;
    }
    int end = quote + 1;
    while (end < characters.length()
        && characters.charAt(end) != characters.charAt(quote)
        && characters.charAt(end) != '<') {
      end++;
    }
    boolean ended = end < characters.length() && characters.charAt(end) != '<';
    return ended ? end : -1;
  }
}
