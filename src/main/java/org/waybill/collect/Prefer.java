package org.waybill.collect;

import jakarta.servlet.http.HttpServletRequest;
import java.util.Collections;
import java.util.regex.Pattern;

/** The preference {@code handling} of RFC 7240, section 4.4. */
final class Prefer {
  private static final Pattern LENIENT =
      Pattern.compile("(?i)(?:^|,)\\s*handling\\s*=\\s*\"?lenient\"?\\s*(?:[;,].*)?$");

  private Prefer() {}

  static boolean lenient(HttpServletRequest request) {
    for (String header : Collections.list(request.getHeaders("Prefer"))) {
      if (LENIENT.matcher(header).find()) {
        return true;
      }
    }
    return false;
  }
}
