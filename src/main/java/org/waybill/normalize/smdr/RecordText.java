package org.waybill.normalize.smdr;

import java.util.List;
import org.waybill.normalize.LenientUtf8;

/**
 * A record as text without what switches pad it with: NUL, CR and LF around it. Blanks at its
 * beginning may be columns; those at its end say nothing.
 *
 * @param mended whether it was not UTF-8
 */
record RecordText(String text, boolean mended) {

  static RecordText of(byte[] body) {
    LenientUtf8 read = LenientUtf8.of(body);
    String text = read.text();
    int from = 0;
    while (from < text.length() && isPadding(text.charAt(from))) {
      from++;
    }
    int to = text.length();
    while (to > from && (isPadding(text.charAt(to - 1)) || text.charAt(to - 1) == ' ')) {
      to--;
    }
    return new RecordText(text.substring(from, to), read.mended());
  }

  /** Its lines without blanks around them: what tells it from any other record. */
  List<String> identity() {
    return text.lines().map(String::strip).toList();
  }

  private static boolean isPadding(char c) {
    return c == '\0' || c == '\r' || c == '\n';
  }
}
