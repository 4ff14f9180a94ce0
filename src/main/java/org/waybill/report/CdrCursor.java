package org.waybill.report;

import java.nio.charset.StandardCharsets;
import java.util.Base64;

/** The last CDR of a page: the next page holds those that began before it. */
public record CdrCursor(long startEpoch, long id) {
  /**
   * @throws IllegalArgumentException when it is none of ours
   */
  public static CdrCursor parse(String text) {
    String plain = new String(Base64.getUrlDecoder().decode(text), StandardCharsets.US_ASCII);
    int colon = plain.indexOf(':');
    if (colon < 0) {
      throw new IllegalArgumentException("no cursor: " + text);
    }
    return new CdrCursor(
        Long.parseLong(plain.substring(0, colon)), Long.parseLong(plain.substring(colon + 1)));
  }

  @Override
  public String toString() {
    byte[] plain = (startEpoch + ":" + id).getBytes(StandardCharsets.US_ASCII);
    return Base64.getUrlEncoder().withoutPadding().encodeToString(plain);
  }
}
