package org.waybill.normalize;

import java.util.HexFormat;

/** What XML 1.0, fifth edition, allows in texts (production 2) and names (productions 4 to 5). */
public final class XmlCharacters {
  /** First and last characters of the ranges that a name may begin with, beyond ASCII. */
  private static final int[] NAME_START = {
    0xC0, 0xD6, 0xD8, 0xF6, 0xF8, 0x2FF, 0x370, 0x37D, 0x37F, 0x1FFF, 0x200C, 0x200D, 0x2070,
    0x218F, 0x2C00, 0x2FEF, 0x3001, 0xD7FF, 0xF900, 0xFDCF, 0xFDF0, 0xFFFD, 0x10000, 0xEFFFF
  };

  /** The same for those that it may also go on with. */
  private static final int[] NAME_REST = {0xB7, 0xB7, 0x300, 0x36F, 0x203F, 0x2040};

  private static final int LAST_CHARACTER = 0xFFFD;
  private static final int SPOKEN = 10;
  private static final HexFormat HEX = HexFormat.of().withUpperCase();

  private XmlCharacters() {}

  public static boolean isName(String text) {
    return !text.isEmpty() && endOfName(text, 0) == text.length();
  }

  /** The offset behind the name that begins here; the same offset if none does. */
  public static int endOfName(String text, int from) {
    int at = from;
    while (at < text.length()) {
      int c = text.codePointAt(at);
      if (!isNameStart(c) && (at == from || !isNameRest(c))) {
        return at;
      }
      at += Character.charCount(c);
    }
    return at;
  }

  private static boolean isNameStart(int c) {
    if (c < 0x80) {
      return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_' || c == ':';
    }
    return isWithin(NAME_START, c);
  }

  private static boolean isNameRest(int c) {
    return (c >= '0' && c <= '9') || c == '-' || c == '.' || (c >= 0x80 && isWithin(NAME_REST, c));
  }

  private static boolean isWithin(int[] ranges, int c) {
    for (int i = 0; i < ranges.length; i += 2) {
      if (c >= ranges[i] && c <= ranges[i + 1]) {
        return true;
      }
    }
    return false;
  }

  public static int afterBlanks(String text, int from) {
    int at = from;
    while (at < text.length() && isBlank(text.charAt(at))) {
      at++;
    }
    return at;
  }

  public static boolean isBlank(char c) {
    return c == ' ' || c == '\n' || c == '\r' || c == '\t';
  }

  /** Blanks, and the byte order mark that some editors leave before a document. */
  public static boolean isPadding(char c) {
    return isBlank(c) || c == '\uFEFF';
  }

  public static String strip(String text) {
    int from = 0;
    int to = text.length();
    while (from < to && isBlank(text.charAt(from))) {
      from++;
    }
    while (to > from && isBlank(text.charAt(to - 1))) {
      to--;
    }
    return text.substring(from, to);
  }

  public static boolean isAllowed(int character) {
    return character <= Character.MAX_VALUE
        ? isAllowedUnit((char) character) && !Character.isSurrogate((char) character)
        : Character.isValidCodePoint(character);
  }

  /** Where the next character stands that XML cannot hold; the length of the text if none does. */
  public static int nextForbidden(String text, int from) {
    int at = from;
    while (at < text.length() && isAllowedAt(text, at)) {
      at++;
    }
    return at;
  }

  public static int nextAllowed(String text, int from) {
    int at = from;
    while (at < text.length() && !isAllowedAt(text, at)) {
      at++;
    }
    return at;
  }

  /** The text without what XML cannot hold, even as a reference. */
  public static String allowedOf(String text) {
    if (nextForbidden(text, 0) == text.length()) {
      return text;
    }
    StringBuilder allowed = new StringBuilder(text.length());
    int from = 0;
    while (from < text.length()) {
      int bad = nextForbidden(text, from);
      allowed.append(text, from, bad);
      from = nextAllowed(text, bad);
    }
    return allowed.toString();
  }

  /** How characters that cannot be shown are spoken of, such as U+0000. */
  public static String named(String text) {
    StringBuilder names = new StringBuilder();
    for (int i = 0; i < Math.min(text.length(), SPOKEN); i++) {
      names.append(i == 0 ? "" : " ").append("U+").append(HEX.toHexDigits(text.charAt(i)));
    }
    return names.append(text.length() > SPOKEN ? " …" : "").toString();
  }

  private static boolean isAllowedAt(String text, int at) {
    char c = text.charAt(at);
    if (c >= ' ' && c < Character.MIN_SURROGATE) {
      return true;
    }
    if (Character.isHighSurrogate(c)) {
      return at + 1 < text.length() && Character.isLowSurrogate(text.charAt(at + 1));
    }
    if (Character.isLowSurrogate(c)) {
      return at > 0 && Character.isHighSurrogate(text.charAt(at - 1));
    }
    return isAllowedUnit(c);
  }

  private static boolean isAllowedUnit(char c) {
    return (c >= ' ' && c <= LAST_CHARACTER) || isBlank(c);
  }
}
