package org.waybill.console.page;

import jakarta.servlet.http.Cookie;
import jakarta.servlet.http.HttpServletRequest;
import java.security.Principal;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.waybill.access.Caller;
import org.waybill.access.Session;

/**
 * What stands around every page.
 *
 * @param title of the page, without the product's name
 * @param section where it belongs; null where nowhere
 * @param caller who looks; null on the login page
 * @param proof what forms must send along; null where no session lets the caller in
 * @param theme light or dark, null for what the browser prefers
 * @param path of the page with its query
 * @param notice what came of the form before
 */
record Frame(
    String title,
    @Nullable Section section,
    @Nullable Caller caller,
    @Nullable String proof,
    @Nullable String theme,
    String path,
    @Nullable Notice notice) {

  static Frame of(HttpServletRequest request, @Nullable Section section, String title) {
    Principal principal = request.getUserPrincipal();
    String query = request.getQueryString();
    return new Frame(
        title,
        section,
        principal instanceof Caller caller ? caller : null,
        Session.of(request).map(Session::proof).orElse(null),
        cookie(request, "waybill-theme")
            .filter(theme -> theme.equals("dark") || theme.equals("light"))
            .orElse(null),
        request.getRequestURI() + (query == null ? "" : "?" + query),
        Notice.read(cookie(request, Notice.COOKIE).orElse(null)).orElse(null));
  }

  boolean may(String role) {
    return caller != null && caller.hasRole(role);
  }

  String who() {
    return caller == null ? "" : caller.name();
  }

  private static Optional<String> cookie(HttpServletRequest request, String name) {
    Cookie[] cookies = request.getCookies();
    if (cookies != null) {
      for (Cookie cookie : cookies) {
        if (cookie.getName().equals(name)) {
          return Optional.of(cookie.getValue());
        }
      }
    }
    return Optional.empty();
  }
}
