package org.waybill.collect;

import jakarta.inject.Inject;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.annotation.WebFilter;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.waybill.access.Caller;
import org.waybill.platform.Problem;

/**
 * {@code POST /api/collect/{format}}: a raw document of any dialect. A switch reads every answer
 * but 2xx as "server down", turns to its next URL for good and parks the record in a file, so
 * whatever is kept is answered 2xx. Nothing that the request says of the body is believed: switches
 * send the wrong Content-Type.
 */
@WebFilter(urlPatterns = "/api/collect/*", asyncSupported = true)
public class RawDoor extends DocumentDoor {
  private static final long serialVersionUID = 1L;

  @Inject private transient RawReading raws;

  @Override
  protected void doFilter(
      HttpServletRequest request, HttpServletResponse response, FilterChain chain)
      throws IOException, ServletException {
    RawAddress address = RawAddress.of(request);
    if (address == null) {
      chain.doFilter(request, response);
    } else if (!request.getMethod().equals("POST")) {
      response.setHeader("Allow", "POST");
      Problem.of(HttpServletResponse.SC_METHOD_NOT_ALLOWED, "Raw documents are sent by POST.")
          .send(response);
    } else {
      post(address, request, response);
    }
  }

  private void post(RawAddress address, HttpServletRequest request, HttpServletResponse response)
      throws IOException {
    Caller caller = Sender.of(request, response);
    if (caller == null) {
      return;
    }
    if (!raws.knows(address.format())) {
      Problem.of(
              HttpServletResponse.SC_NOT_FOUND,
              "Nothing here reads documents of the format '" + address.format() + "'.")
          .send(response);
      return;
    }
    String type = request.getContentType();
    String charset = ContentType.parse(type).map(ContentType::charset).orElse(null);
    Answer answer =
        take(
            request,
            response,
            isGzip(request.getHeader("Content-Encoding")),
            (bytes, at) ->
                new Arrived(bytes, type, charset, address.format(), caller, at, address.uuid()));
    if (answer != null) {
      boolean lenient = !Prefer.handling(request, "strict");
      CdrAnswers.send(answer, lenient, HttpServletResponse.SC_OK, response);
    }
  }

  private static boolean isGzip(@Nullable String encoding) {
    return encoding != null && encoding.strip().toLowerCase(Locale.ROOT).endsWith("gzip");
  }
}
