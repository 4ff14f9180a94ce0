package org.waybill.normalize.freeswitch;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.Arrays;
import org.waybill.normalize.LenientUtf8;

/**
 * Percent-encoding as a switch writes it: RFC 3986, so a plus sign stays one. It is decoded once
 * only, and a percent sign that begins no escape stays.
 */
final class Percent {
  private static final int HEX = 16;

  private Percent() {}

  /** A value of a document, in which a switch escaped bytes that need not be UTF-8. */
  static LenientUtf8 decode(String encoded) {
    return encoded.indexOf('%') < 0
        ? new LenientUtf8(encoded, false)
        : LenientUtf8.of(decode(encoded.getBytes(UTF_8)));
  }

  static byte[] decode(byte[] encoded) {
    byte[] decoded = new byte[encoded.length];
    int length = 0;
    int at = 0;
    while (at < encoded.length) {
      int octet = octet(encoded, at);
      decoded[length++] = octet < 0 ? encoded[at] : (byte) octet;
      at += octet < 0 ? 1 : 3;
    }
    return Arrays.copyOf(decoded, length);
  }

  /** Of the escape that begins here; negative when none does. */
  private static int octet(byte[] encoded, int at) {
    if (encoded[at] != '%' || at + 2 >= encoded.length) {
      return -1;
    }
    int high = Character.digit(encoded[at + 1], HEX);
    int low = Character.digit(encoded[at + 2], HEX);
    return high < 0 || low < 0 ? -1 : HEX * high + low;
  }
}
