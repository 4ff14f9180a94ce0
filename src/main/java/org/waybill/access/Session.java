package org.waybill.access;

import jakarta.servlet.http.Cookie;
import jakarta.servlet.http.HttpServletRequest;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Base64;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What a signed-in browser shows.
 *
 * @param token 256 random bits, in a cookie that scripts cannot read
 */
public record Session(String token) {
  /** The cookie's name. */
  public static final String COOKIE = "waybill";

  private static final String ATTRIBUTE = Session.class.getName();

  /** The session by which a request was let in; empty where it came with other credentials. */
  public static Optional<Session> of(HttpServletRequest request) {
    return Optional.ofNullable((Session) request.getAttribute(ATTRIBUTE));
  }

  /** Proves that a request was made by a page of ours: only who has the cookie can know it. */
  public String proof() {
    byte[] text = ("proof " + token).getBytes(StandardCharsets.UTF_8);
    return Base64.getUrlEncoder().withoutPadding().encodeToString(Digests.sha256(text));
  }

  /** Whether this is {@link #proof}. */
  public boolean isProvenBy(@Nullable String given) {
    return given != null
        && MessageDigest.isEqual(
            proof().getBytes(StandardCharsets.UTF_8), given.getBytes(StandardCharsets.UTF_8));
  }

  void admits(HttpServletRequest request) {
    request.setAttribute(ATTRIBUTE, this);
  }

  byte[] hash() {
    return Digests.sha256(token.getBytes(StandardCharsets.UTF_8));
  }

  static @Nullable Session shownBy(HttpServletRequest request) {
    Cookie[] cookies = request.getCookies();
    if (cookies != null) {
      for (Cookie cookie : cookies) {
        if (cookie.getName().equals(COOKIE) && !cookie.getValue().isEmpty()) {
          return new Session(cookie.getValue());
        }
      }
    }
    return null;
  }

  @Override
  public String toString() {
    return "session";
  }
}
