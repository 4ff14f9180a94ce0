package org.waybill.console.page;

import jakarta.annotation.Priority;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.ws.rs.Priorities;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerRequestFilter;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.ext.Provider;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.waybill.access.Session;
import org.waybill.platform.Problem;

/**
 * Holds forms that come by a session to the proof that a page of ours made them. Requests with the
 * proof in a header were held to it when they were let in.
 */
@Provider
@Priority(Priorities.AUTHORIZATION + 1)
public class ProofFilter implements ContainerRequestFilter {
  static final String FIELD = "proof";

  /** A document of the largest size, with every byte as three characters. */
  private static final int LONGEST_FORM = 32 << 20;

  private static final Set<String> SAFE = Set.of("GET", "HEAD", "OPTIONS");

  @Context private @Nullable HttpServletRequest servlet;

  @Override
  public void filter(ContainerRequestContext request) throws IOException {
    if (servlet == null
        || SAFE.contains(request.getMethod())
        || request.getHeaderString("Waybill-Proof") != null) {
      return;
    }
    Session session = Session.of(servlet).orElse(null);
    if (session == null) {
      return;
    }
    byte[] body = request.getEntityStream().readNBytes(LONGEST_FORM);
    request.setEntityStream(new ByteArrayInputStream(body));
    if (!session.isProvenBy(field(new String(body, StandardCharsets.US_ASCII)))) {
      request.abortWith(
          Problem.of(403, "This form did not come from a page of this server. Load it anew.")
              .response());
    }
  }

  private static @Nullable String field(String form) {
    int from = form.startsWith(FIELD + "=") ? 0 : form.indexOf("&" + FIELD + "=") + 1;
    if (from == 0 && !form.startsWith(FIELD + "=")) {
      return null;
    }
    int end = form.indexOf('&', from);
    String value = form.substring(from + FIELD.length() + 1, end < 0 ? form.length() : end);
    return URLDecoder.decode(value, StandardCharsets.UTF_8);
  }
}
