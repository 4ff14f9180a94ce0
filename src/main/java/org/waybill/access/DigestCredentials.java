package org.waybill.access;

import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.waybill.access.StoredDigest.DigestAlgorithm;

/**
 * The Authorization header of HTTP Digest (RFC 7616, section 3.4), with {@code qop=auth}.
 *
 * @param uri as the client asked for it
 * @param nc the nonce's count in eight hexadecimal digits
 */
record DigestCredentials(
    String name,
    String nonce,
    String uri,
    String response,
    DigestAlgorithm algorithm,
    String cnonce,
    String nc)
    implements Credentials {
  private static final Pattern PARAMETER =
      Pattern.compile(
          "\\G\\s*(?<name>[\\w*-]+)\\s*=\\s*(?:\"(?<quoted>(?:[^\"\\\\]|\\\\.)*)\"|(?<plain>[^\\s,\"]+))"
              + "\\s*(?:,|$)");
  private static final Pattern COUNT = Pattern.compile("[0-9a-fA-F]{8}");

  /** None, where it is not what RFC 7616 asks for. */
  static Credentials read(String parameters) {
    Map<String, String> given = new HashMap<>();
    Matcher parameter = PARAMETER.matcher(parameters);
    while (parameter.find()) {
      String quoted = parameter.group("quoted");
      given.put(
          parameter.group("name").toLowerCase(Locale.ROOT),
          quoted == null ? parameter.group("plain") : quoted.replaceAll("\\\\(.)", "$1"));
    }
    DigestAlgorithm algorithm = algorithm(given.getOrDefault("algorithm", "MD5"));
    String count = given.getOrDefault("nc", "");
    boolean whole =
        given.containsKey("username")
            && given.containsKey("nonce")
            && given.containsKey("uri")
            && given.containsKey("response")
            && given.containsKey("cnonce")
            && "auth".equals(given.get("qop"))
            && COUNT.matcher(count).matches();
    return algorithm == null || !whole
        ? new None()
        : new DigestCredentials(
            given.getOrDefault("username", ""),
            given.getOrDefault("nonce", ""),
            given.getOrDefault("uri", ""),
            given.getOrDefault("response", ""),
            algorithm,
            given.getOrDefault("cnonce", ""),
            count);
  }

  private static @Nullable DigestAlgorithm algorithm(String word) {
    for (DigestAlgorithm algorithm : DigestAlgorithm.values()) {
      if (algorithm.word().equalsIgnoreCase(word)) {
        return algorithm;
      }
    }
    return null;
  }

  long count() {
    return Long.parseLong(nc, 16);
  }

  /** What the response must be for a password of this HA1. */
  String expected(StoredDigest stored, String method) {
    String ha2 = algorithm.hash(method + ":" + uri);
    return algorithm.hash(String.join(":", stored.by(algorithm), nonce, nc, cnonce, "auth", ha2));
  }

  @Override
  public String toString() {
    return "Digest " + name;
  }
}
