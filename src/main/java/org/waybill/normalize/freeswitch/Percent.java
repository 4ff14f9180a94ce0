package org.waybill.normalize.freeswitch;

import java.io.ByteArrayOutputStream;

/** Percent-encoding as a switch writes it: RFC 3986, so a plus sign stays one. */
final class Percent {
  private static final int BASE = 16;

  private Percent() {}

  /** Decodes once. A percent sign that begins nothing stays. */
  static byte[] decode(byte[] text) {
    ByteArrayOutputStream decoded = new ByteArrayOutputStream(text.length);
    for (int i = 0; i < text.length; i++) {
      int high = text[i] == '%' ? digit(text, i + 1) : -1;
      int low = high < 0 ? -1 : digit(text, i + 2);
      if (low < 0) {
        decoded.write(text[i]);
      } else {
        decoded.write(BASE * high + low);
        i += 2;
      }
    }
    return decoded.toByteArray();
  }

  private static int digit(byte[] text, int at) {
    return at < text.length ? Character.digit(text[at], BASE) : -1;
  }
}
