package org.waybill.access;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** What the Authorization header of a request holds. */
sealed interface Credentials
    permits Credentials.Basic, Credentials.Bearer, Credentials.None, DigestCredentials {
  /** RFC 7617, in UTF-8. */
  record Basic(String name, String password) implements Credentials {
    @Override
    public String toString() {
      return "Basic " + name;
    }
  }

  /** RFC 6750: an API key. */
  record Bearer(String key) implements Credentials {
    @Override
    public String toString() {
      return "Bearer";
    }
  }

  /** None, or none that could be read. */
  record None() implements Credentials {}

  static Credentials read(@Nullable String header) {
    if (header == null) {
      return new None();
    }
    int space = header.indexOf(' ');
    String scheme = space < 0 ? "" : header.substring(0, space).toLowerCase(Locale.ROOT);
    String rest = header.substring(space + 1).strip();
    return switch (scheme) {
      case "basic" -> basic(rest);
      case "bearer" -> new Bearer(rest);
      case "digest" -> DigestCredentials.read(rest);
      default -> new None();
    };
  }

  private static Credentials basic(String encoded) {
    try {
      String text = new String(Base64.getDecoder().decode(encoded), StandardCharsets.UTF_8);
      int colon = text.indexOf(':');
      return colon < 0
          ? new None()
          : new Basic(text.substring(0, colon), text.substring(colon + 1));
    } catch (IllegalArgumentException e) {
      return new None();
    }
  }
}
