package org.waybill.report;

import java.nio.charset.StandardCharsets;
import java.util.Base64;

/** The last group of a page: the next page holds those behind it. */
public record CallPlace(long calls, String value) {
  /**
   * @throws IllegalArgumentException when it is none of ours
   */
  public static CallPlace parse(String text) {
    String plain = new String(Base64.getUrlDecoder().decode(text), StandardCharsets.UTF_8);
    int colon = plain.indexOf(':');
    if (colon < 0) {
      throw new IllegalArgumentException("no cursor: " + text);
    }
    return new CallPlace(Long.parseLong(plain.substring(0, colon)), plain.substring(colon + 1));
  }

  @Override
  public String toString() {
    byte[] plain = (calls + ":" + value).getBytes(StandardCharsets.UTF_8);
    return Base64.getUrlEncoder().withoutPadding().encodeToString(plain);
  }
}
