package org.waybill.access.oidc;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What a browser keeps, in a cookie that scripts cannot read, from leaving for the provider until
 * it is back. All that must be unguessable follows from one secret; each of it is a hash of its
 * own, so that none tells another.
 *
 * @param secret 256 random bits
 * @param to the page that was wanted
 */
record Handshake(String secret, String to) {
  private static final int SECRET_BYTES = 32;

  /** A cookie has room for 4096 bytes with its name; this is more than any filter needs. */
  private static final int LONGEST_TO = 2000;

  private static final Pattern COOKIE = Pattern.compile("([\\w-]{43})\\.([\\w-]*)");

  static Handshake begin(SecureRandom random, String to) {
    byte[] bytes = new byte[SECRET_BYTES];
    random.nextBytes(bytes);
    return new Handshake(text(bytes), to.length() > LONGEST_TO ? "/" : to);
  }

  static Optional<Handshake> read(@Nullable String cookie) {
    Matcher matcher = COOKIE.matcher(cookie == null ? "" : cookie);
    if (!matcher.matches()) {
      return Optional.empty();
    }
    try {
      byte[] to = Base64.getUrlDecoder().decode(matcher.group(2));
      return Optional.of(new Handshake(matcher.group(1), new String(to, StandardCharsets.UTF_8)));
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }

  String cookie() {
    return secret + "." + text(to.getBytes(StandardCharsets.UTF_8));
  }

  /** Comes back with the browser: nobody else made it go. */
  String state() {
    return hash("state " + secret);
  }

  /** Comes back in the token: it was made for this sign-in. */
  String nonce() {
    return hash("nonce " + secret);
  }

  /** RFC 7636: whoever got hold of the code has no use for it without this. */
  String verifier() {
    return hash("verifier " + secret);
  }

  String challenge() {
    return hash(verifier());
  }

  boolean isAnsweredBy(@Nullable String state) {
    return state != null
        && MessageDigest.isEqual(
            state.getBytes(StandardCharsets.UTF_8), state().getBytes(StandardCharsets.UTF_8));
  }

  private static String hash(String text) {
    try {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      return text(digest.digest(text.getBytes(StandardCharsets.US_ASCII)));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }

  private static String text(byte[] bytes) {
    return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
  }

  @Override
  public String toString() {
    return "handshake";
  }
}
