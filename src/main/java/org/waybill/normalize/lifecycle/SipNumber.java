package org.waybill.normalize.lifecycle;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The number in a SIP URI: its user part, of which only letters, digits, +, * and # are kept. */
final class SipNumber {
  /** RFC 3261, section 19.1: scheme, user, password, host; with or without a name around it. */
  private static final Pattern URI =
      Pattern.compile("(?is)(?:.*<)?\\s*(?:(?:sips?|tel):)?([^@:;?>]*)(?:[:;][^@>]*)?.*");

  private SipNumber() {}

  /**
   * @param nobody what stands for one that names nobody
   */
  static String of(String uri, String nobody) {
    Matcher matcher = URI.matcher(unescaped(uri));
    StringBuilder number = new StringBuilder();
    String user = matcher.matches() ? matcher.group(1) : "";
    user.codePoints().filter(SipNumber::isKept).forEach(number::appendCodePoint);
    return number.isEmpty() ? nobody : number.toString();
  }

  private static boolean isKept(int c) {
    return Character.isLetterOrDigit(c) || "+*#".indexOf(c) >= 0;
  }

  /** A # must be escaped in a URI, the others may be. */
  private static String unescaped(String uri) {
    return uri.replaceAll("%23", "#").replaceAll("(?i)%2b", "+").replaceAll("(?i)%2a", "*");
  }
}
