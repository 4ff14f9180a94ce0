package org.waybill.collect;

import jakarta.servlet.http.HttpServletRequest;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * What the address of a raw document says: {@code /api/collect/freeswitch?uuid=a_…}. Read from the
 * undecoded address and never by {@code getParameter}, which would eat the body of a form.
 *
 * <p>A switch whose URLs differ may append {@code &uuid=} to one that has no {@code ?}
 * (mod_xml_cdr.c never resets its joiner), so the format ends at either.
 *
 * @param uuid as it stands there, decoded once
 */
record RawAddress(String format, @Nullable String uuid) {
  private static final String BEFORE = "/api/collect/";
  private static final String UUID = "uuid=";

  /** Null for an address below those of the formats. */
  static @Nullable RawAddress of(HttpServletRequest request) {
    String path = request.getRequestURI().substring(request.getContextPath().length());
    return of(path, request.getQueryString());
  }

  static @Nullable RawAddress of(String path, @Nullable String query) {
    String rest = path.startsWith(BEFORE) ? path.substring(BEFORE.length()) : "/";
    int end = rest.indexOf('&');
    String format = end < 0 ? rest : rest.substring(0, end);
    if (format.contains("/")) {
      return null;
    }
    String uuid = uuid(end < 0 ? "" : rest.substring(end));
    return new RawAddress(format, uuid == null && query != null ? uuid(query) : uuid);
  }

  private static @Nullable String uuid(String query) {
    for (String pair : query.split("[&?]", -1)) {
      if (pair.startsWith(UUID) && pair.length() > UUID.length()) {
        return decoded(pair.substring(UUID.length()));
      }
    }
    return null;
  }

  /** What is no valid escape stays as it stands. */
  private static String decoded(String text) {
    try {
      return URLDecoder.decode(text.replace("+", "%2B"), StandardCharsets.UTF_8);
    } catch (IllegalArgumentException e) {
      return text;
    }
  }
}
