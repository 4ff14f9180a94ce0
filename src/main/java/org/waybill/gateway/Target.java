package org.waybill.gateway;

import java.net.URI;
import java.net.URISyntaxException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import org.jspecify.annotations.Nullable;
import org.waybill.task.Gateway;

/**
 * A gateway's URL taken apart: where requests go, what proves who we are, and how messages name it.
 *
 * @param uri without credentials
 * @param authorization value of the header, where the gateway has one
 * @param shown for messages: no credentials and no query, which may hold a token
 */
record Target(URI uri, @Nullable String authorization, String shown) {

  /**
   * @throws IllegalArgumentException when no HTTP request can be made to the gateway's URL
   */
  static Target of(Gateway gateway) {
    URI url = gateway.url();
    String shown = shown(url);
    String scheme = url.getScheme();
    if (url.getHost() == null
        || !("http".equalsIgnoreCase(scheme) || "https".equalsIgnoreCase(scheme))) {
      throw new IllegalArgumentException(
          "The URL of gateway " + gateway.id() + " is not http:// or https:// with a host name");
    }
    String own = gateway.authorization();
    String authorization =
        own != null && !own.isBlank() ? own.strip() : basic(url.getRawUserInfo());
    return new Target(bare(url), authorization, shown);
  }

  /** How messages name a URL. */
  static String shown(URI url) {
    String path = url.getRawPath() == null ? "" : url.getRawPath();
    String port = url.getPort() < 0 ? "" : ":" + url.getPort();
    return url.getScheme() + "://" + url.getHost() + port + path;
  }

  /** Takes our credentials out of a text of the gateway's, which may echo what it was sent. */
  String withoutCredentials(String text) {
    if (authorization == null) {
      return text;
    }
    String secret = authorization.substring(authorization.indexOf(' ') + 1);
    return text.replace(authorization, "***").replace(secret, "***");
  }

  private static URI bare(URI url) {
    String path = url.getRawPath() == null || url.getRawPath().isEmpty() ? "/" : url.getRawPath();
    String query = url.getRawQuery() == null ? "" : "?" + url.getRawQuery();
    String port = url.getPort() < 0 ? "" : ":" + url.getPort();
    try {
      return new URI(url.getScheme() + "://" + url.getHost() + port + path + query);
    } catch (URISyntaxException e) {
      throw new IllegalArgumentException("The URL " + shown(url) + " is not usable", e);
    }
  }

  private static @Nullable String basic(@Nullable String userInfo) {
    if (userInfo == null) {
      return null;
    }
    // URLDecoder is for forms, where a plus is a space; in userinfo it is itself (RFC 3986).
    String decoded = URLDecoder.decode(userInfo.replace("+", "%2B"), StandardCharsets.UTF_8);
    byte[] bytes = decoded.getBytes(StandardCharsets.UTF_8);
    return "Basic " + Base64.getEncoder().encodeToString(bytes);
  }

  @Override
  public String toString() {
    return shown;
  }
}
