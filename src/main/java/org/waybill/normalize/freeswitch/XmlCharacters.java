package org.waybill.normalize.freeswitch;

import java.util.regex.Pattern;

/** What XML 1.0, fifth edition, allows in texts (production 2) and names (productions 4 to 5). */
final class XmlCharacters {
  private static final String NAME_START =
      ":A-Z_a-z\\xC0-\\xD6\\xD8-\\xF6\\xF8-\\x{2FF}\\x{370}-\\x{37D}\\x{37F}-\\x{1FFF}"
          + "\\x{200C}\\x{200D}\\x{2070}-\\x{218F}\\x{2C00}-\\x{2FEF}\\x{3001}-\\x{D7FF}"
          + "\\x{F900}-\\x{FDCF}\\x{FDF0}-\\x{FFFD}\\x{10000}-\\x{EFFFF}";

  /** A name, as a piece of a pattern. */
  static final String NAME =
      "[" + NAME_START + "][-.0-9\\xB7\\x{300}-\\x{36F}\\x{203F}\\x{2040}" + NAME_START + "]*+";

  private static final Pattern NAMED = Pattern.compile(NAME);
  private static final int LAST_CHARACTER = 0xFFFD;
  private static final int SPOKEN = 10;

  private XmlCharacters() {}

  static boolean isName(String text) {
    return NAMED.matcher(text).matches();
  }

  static boolean isBlank(char c) {
    return c == ' ' || c == '\n' || c == '\r' || c == '\t';
  }

  /** Blanks, and the byte order mark that some editors leave before a document. */
  static boolean isPadding(char c) {
    return isBlank(c) || c == '\uFEFF';
  }

  static String strip(String text) {
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

  static boolean isAllowed(int character) {
    return character <= Character.MAX_VALUE
        ? isAllowedUnit((char) character) && !Character.isSurrogate((char) character)
        : Character.isValidCodePoint(character);
  }

  /** Where the next character stands that XML cannot hold; the length of the text if none does. */
  static int nextForbidden(String text, int from) {
    int at = from;
    while (at < text.length() && isAllowedAt(text, at)) {
      at++;
    }
    return at;
  }

  static int nextAllowed(String text, int from) {
    int at = from;
    while (at < text.length() && !isAllowedAt(text, at)) {
      at++;
    }
    return at;
  }

  /** The text without what XML cannot hold. */
  static String allowedOf(String text) {
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
  static String named(String text) {
    StringBuilder names = new StringBuilder();
    for (int i = 0; i < Math.min(text.length(), SPOKEN); i++) {
      names.append(i == 0 ? "" : " ").append(String.format("U+%04X", (int) text.charAt(i)));
    }
    return names.append(text.length() > SPOKEN ? " …" : "").toString();
  }

  private static boolean isAllowedAt(String text, int at) {
    char c = text.charAt(at);
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
