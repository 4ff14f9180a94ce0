package org.waybill.collect;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.annotation.WebFilter;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.waybill.access.Caller;

/**
 * {@code POST /api/cdrs}. The one hot path of the server, so it stands before JAX-RS, whose
 * resources answer the other methods of this path.
 */
@WebFilter(urlPatterns = "/api/cdrs", asyncSupported = true)
public class CdrDoor extends DocumentDoor {
  private static final long serialVersionUID = 1L;

  @Override
  protected void doFilter(
      HttpServletRequest request, HttpServletResponse response, FilterChain chain)
      throws IOException, ServletException {
    if (request.getMethod().equals("POST")) {
      post(request, response);
    } else {
      chain.doFilter(request, response);
    }
  }

  private void post(HttpServletRequest request, HttpServletResponse response) throws IOException {
    Caller caller = Sender.of(request, response);
    if (caller == null) {
      return;
    }
    XmlRequest xml = XmlRequest.of(request, response);
    if (xml == null) {
      return;
    }
    String charset = xml.type().charset();
    Answer answer =
        take(
            request,
            response,
            xml.gzip(),
            (bytes, at) -> new Arrived(bytes, xml.header(), charset, Intake.SOURCE, caller, at));
    if (answer != null) {
      boolean lenient = Prefer.handling(request, "lenient");
      CdrAnswers.send(answer, lenient, HttpServletResponse.SC_CREATED, response);
    }
  }
}
