package org.waybill.call.feed;

import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Where a platform's feeds are, and what proves who we are.
 *
 * @param base without credentials, without a slash at its end
 * @param query of the setting, such as a token; empty when there is none
 * @param authorization value of the header, where the setting names a user
 */
record FeedAddress(String base, String query, @Nullable String authorization) {

  /** Of the setting, in which {@code user:password@} means HTTP Basic. */
  static FeedAddress of(URI url) {
    String port = url.getPort() < 0 ? "" : ":" + url.getPort();
    String path = url.getRawPath() == null ? "" : url.getRawPath().replaceFirst("/+$", "");
    String query = url.getRawQuery() == null ? "" : url.getRawQuery() + "&";
    return new FeedAddress(
        url.getScheme() + "://" + url.getHost() + port + path, query, basic(url.getRawUserInfo()));
  }

  URI page(Feed feed, long cursor, int limit) {
    return URI.create(
        "%s/%s?%scursor=%d&limit=%d".formatted(base, feed.word(), query, cursor, limit));
  }

  /** How messages name a feed: without the query, which may hold a token. */
  String shown(Feed feed) {
    return base + "/" + feed.word();
  }

  /** The authorization, for requests to that place and no other. */
  @Nullable String authorizationFor(URI uri) {
    URI own = URI.create(base);
    boolean same =
        Objects.equals(own.getScheme(), uri.getScheme())
            && Objects.equals(own.getHost(), uri.getHost())
            && own.getPort() == uri.getPort();
    return same ? authorization : null;
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
    return base;
  }
}
