package org.waybill.gateway;

import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Makes what an outside system says fit to be kept and shown. */
public final class Text {
  private Text() {}

  /** The first characters, never half of one. */
  public static String cut(String text, int characters) {
    if (text.length() <= characters) {
      return text;
    }
    boolean splitsOne = Character.isHighSurrogate(text.charAt(characters - 1));
    return text.substring(0, splitsOne ? characters - 1 : characters);
  }

  /** One short line: an error description has a line a failure, which no gateway may break. */
  public static String line(String text, int characters) {
    return cut(text.replaceAll("[\\p{Cntrl}\\s\\u2028\\u2029]+", " ").strip(), characters);
  }

  /** Whether a TLS failure was about who the other side is. */
  static boolean namesCertificate(@Nullable String message) {
    if (message == null) {
      return false;
    }
    String lower = message.toLowerCase(Locale.ROOT);
    return lower.contains("certificate")
        || lower.contains("certification path")
        || lower.contains("unknown_ca");
  }
}
