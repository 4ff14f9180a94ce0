package org.waybill.collect;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.jspecify.annotations.Nullable;
import org.waybill.access.Caller;
import org.waybill.access.Role;
import org.waybill.platform.Problem;

/** Who sends documents through a door. */
final class Sender {
  private Sender() {}

  /** The caller, if it may send at all; else null, and the request is answered. */
  static @Nullable Caller of(HttpServletRequest request, HttpServletResponse response)
      throws IOException {
    if (!(request.getUserPrincipal() instanceof Caller caller)) {
      response.setHeader("WWW-Authenticate", "Basic realm=\"Waybill\", Bearer");
      Problem.of(
              HttpServletResponse.SC_UNAUTHORIZED,
              "Name yourself with HTTP Basic or an API key (Authorization: Bearer …).")
          .send(response);
      return null;
    }
    if (!caller.hasRole(Role.SWITCH)) {
      Problem.of(
              HttpServletResponse.SC_FORBIDDEN,
              caller.name() + " may not send documents: that takes the role switch.")
          .send(response);
      return null;
    }
    return caller;
  }
}
