package org.waybill.console.page;

import jakarta.ws.rs.core.NewCookie;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What came of a form, told on the page that the browser is sent to next. It travels in a cookie,
 * so that any node can show it.
 *
 * @param good whether what was wished for was done
 */
record Notice(boolean good, String sentence) {
  static final String COOKIE = "waybill-notice";

  private static final int LONGEST = 1000;
  private static final int SECONDS = 60;

  static Notice done(String sentence) {
    return new Notice(true, sentence);
  }

  static Notice refused(String sentence) {
    return new Notice(false, sentence);
  }

  static Optional<Notice> read(@Nullable String cookie) {
    if (cookie == null || cookie.length() < 2) {
      return Optional.empty();
    }
    try {
      byte[] text = Base64.getUrlDecoder().decode(cookie.substring(1));
      String sentence = new String(text, StandardCharsets.UTF_8);
      return Optional.of(new Notice(cookie.charAt(0) == 'g', sentence));
    } catch (IllegalArgumentException e) {
      return Optional.empty(); // none of ours
    }
  }

  /** As a cookie can hold it, for {@link #read}. */
  String written() {
    String cut = sentence.substring(0, Math.min(LONGEST, sentence.length()));
    byte[] text = cut.getBytes(StandardCharsets.UTF_8);
    return (good ? "g" : "b") + Base64.getUrlEncoder().withoutPadding().encodeToString(text);
  }

  NewCookie cookie() {
    return cookie(written(), SECONDS);
  }

  /** Told once. */
  static NewCookie forgotten() {
    return cookie("", 0);
  }

  private static NewCookie cookie(String value, int seconds) {
    return new NewCookie.Builder(COOKIE)
        .value(value)
        .path("/")
        .maxAge(seconds)
        .httpOnly(true)
        .sameSite(NewCookie.SameSite.LAX)
        .build();
  }
}
