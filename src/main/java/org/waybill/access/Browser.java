package org.waybill.access;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Set;

/** What is particular about requests of browsers. */
final class Browser {
  /** A header of scripts of ours; forms have a field of this name instead, which pages check. */
  private static final String PROOF = "Waybill-Proof";

  private static final Set<String> SAFE = Set.of("GET", "HEAD", "OPTIONS");

  private Browser() {}

  /**
   * Whether another site made the browser send this. Only some browsers say so, and credentials
   * that a browser remembers need that much; sessions need {@link #provesIt} as well.
   */
  static boolean isForged(HttpServletRequest request) {
    return !SAFE.contains(request.getMethod())
        && "cross-site".equals(request.getHeader("Sec-Fetch-Site"));
  }

  /**
   * Whether a request may change things by a session. Where pages are, the form is still to be
   * checked, whose body is not this one's to read.
   */
  static boolean provesIt(HttpServletRequest request, Session session) {
    if (SAFE.contains(request.getMethod())) {
      return true;
    }
    String proof = request.getHeader(PROOF);
    return proof == null
        ? !request.getRequestURI().startsWith(request.getContextPath() + "/api/")
        : session.isProvenBy(proof);
  }

  /** Whether a page is asked for, or a part of one. */
  static boolean wantsPage(HttpServletRequest request) {
    String accept = request.getHeader("Accept");
    return request.getHeader("Authorization") == null
        && !request.getRequestURI().startsWith(request.getContextPath() + "/api/")
        && accept != null
        && accept.toLowerCase(Locale.ROOT).contains("text/html");
  }

  /**
   * Whether a script of ours asks, for which a dialog of the browser would come out of the blue.
   */
  static boolean isScript(HttpServletRequest request) {
    String accept = request.getHeader("Accept");
    return request.getHeader("HX-Request") != null
        || (accept != null && accept.contains("text/event-stream"));
  }

  /** To the login page, and from there to where it wanted. */
  static void sendToLogin(HttpServletRequest request, HttpServletResponse response) {
    String query = request.getQueryString();
    String target = request.getRequestURI() + (query == null ? "" : "?" + query);
    boolean returns = request.getMethod().equals("GET") && !target.equals("/");
    response.setStatus(HttpServletResponse.SC_SEE_OTHER);
    response.setHeader("Cache-Control", "no-store");
    response.setHeader(
        "Location",
        request.getContextPath()
            + "/login"
            + (returns ? "?to=" + URLEncoder.encode(target, StandardCharsets.UTF_8) : ""));
  }
}
