package org.waybill.normalize.freeswitch;

import java.io.ByteArrayOutputStream;
import org.waybill.normalize.LenientUtf8;

/**
 * A value as FreeSWITCH wrote it, decoded as RFC 3986 says and once only: {@code +} is no space,
 * and what is no escape stays as it is.
 *
 * @param mended whether there were bytes that are not UTF-8
 */
record PercentText(String text, boolean mended) {
  private static final int HEX = 16;
  private static final int ESCAPE_LENGTH = 3;

  static PercentText decode(String encoded) {
    if (encoded.indexOf('%') < 0) {
      return new PercentText(encoded, false);
    }
    StringBuilder text = new StringBuilder(encoded.length());
    boolean mended = false;
    int at = 0;
    while (at < encoded.length()) {
      int end = at;
      while (isEscape(encoded, end)) {
        end += ESCAPE_LENGTH;
      }
      if (end > at) {
        LenientUtf8 decoded = LenientUtf8.of(octets(encoded, at, end));
        text.append(decoded.text());
        mended |= decoded.mended();
        at = end;
      } else {
        text.append(encoded.charAt(at++));
      }
    }
    return new PercentText(text.toString(), mended);
  }

  private static byte[] octets(String encoded, int from, int to) {
    ByteArrayOutputStream octets = new ByteArrayOutputStream((to - from) / ESCAPE_LENGTH);
    for (int at = from; at < to; at += ESCAPE_LENGTH) {
      octets.write(digit(encoded, at + 1) * HEX + digit(encoded, at + 2));
    }
    return octets.toByteArray();
  }

  private static boolean isEscape(String encoded, int at) {
    return at + 2 < encoded.length()
        && encoded.charAt(at) == '%'
        && digit(encoded, at + 1) >= 0
        && digit(encoded, at + 2) >= 0;
  }

  /** Its value; negative when it is none. Only the digits of ASCII are meant. */
  private static int digit(String text, int at) {
    char c = text.charAt(at);
    return c < 0x80 ? Character.digit(c, HEX) : -1;
  }
}
