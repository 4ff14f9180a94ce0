package org.waybill.console.page;

import jakarta.servlet.http.HttpServletRequest;
import java.net.URI;
import java.util.regex.Pattern;

/** Where a browser says that this server is. */
final class ThisServer {
  private static final Pattern HOST =
      Pattern.compile("[A-Za-z0-9.-]+(:\\d+)?|\\[[0-9a-fA-F:]+](:\\d+)?");

  private ThisServer() {}

  /** Without a path. */
  static URI of(HttpServletRequest request) {
    String host = request.getHeader("Host");
    String known =
        host != null && HOST.matcher(host).matches()
            ? host
            : request.getServerName() + ":" + request.getServerPort();
    return URI.create((isSecure(request) ? "https://" : "http://") + known);
  }

  /** Also behind a proxy that ends TLS and says so. */
  static boolean isSecure(HttpServletRequest request) {
    return request.isSecure() || "https".equals(request.getHeader("X-Forwarded-Proto"));
  }
}
