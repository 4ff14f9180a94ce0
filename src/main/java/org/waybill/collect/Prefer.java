package org.waybill.collect;

import jakarta.servlet.http.HttpServletRequest;
import java.util.Collections;
import java.util.regex.Pattern;

/** The preference {@code handling} of RFC 7240, section 4.4. */
final class Prefer {
  private static final Pattern HANDLING =
      Pattern.compile("(?i)(?:^|,)\\s*handling\\s*=\\s*\"?(lenient|strict)\"?\\s*(?=[;,]|$)");

  private Prefer() {}

  /** Whether the sender asked for {@code lenient} or {@code strict} handling, as named. */
  static boolean handling(HttpServletRequest request, String wanted) {
    for (String header : Collections.list(request.getHeaders("Prefer"))) {
      if (HANDLING.matcher(header).results().anyMatch(it -> it.group(1).equalsIgnoreCase(wanted))) {
        return true;
      }
    }
    return false;
  }
}
