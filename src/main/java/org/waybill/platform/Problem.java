package org.waybill.platform;

import jakarta.json.Json;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import jakarta.json.JsonValue;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.ws.rs.core.Response;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Why a request was not done, as RFC 9457 writes it. Every answer of 4xx and 5xx carries one.
 *
 * @param status the HTTP status
 * @param detail a full sentence for this very request, which says what to do where it can
 * @param members extension members, such as {@code violations} and {@code rejectedId}
 */
public record Problem(int status, String detail, Map<String, JsonValue> members) {
  /** RFC 9457, section 3. */
  public static final String MEDIA_TYPE = "application/problem+json";

  /**
   * One thing wrong with a parameter or a field of a JSON body.
   *
   * @param field its name
   */
  public record Violation(String field, String message) {}

  public Problem {
    members = Map.copyOf(members);
  }

  public static Problem of(int status, String detail) {
    return new Problem(status, detail, Map.of());
  }

  /** 400 for parameters, 422 for bodies: all that is wrong at once. */
  public static Problem of(int status, String detail, List<Violation> violations) {
    var array = Json.createArrayBuilder();
    for (Violation violation : violations) {
      array.add(
          Json.createObjectBuilder()
              .add("field", violation.field())
              .add("message", violation.message()));
    }
    return of(status, detail).with("violations", array.build());
  }

  public Problem with(String member, JsonValue value) {
    Map<String, JsonValue> more = new LinkedHashMap<>(members);
    more.put(member, value);
    return new Problem(status, detail, more);
  }

  public String json() {
    JsonObjectBuilder json =
        Json.createObjectBuilder()
            .add("type", "about:blank")
            .add("title", title())
            .add("status", status)
            .add("detail", detail);
    members.forEach(json::add);
    JsonObject built = json.build();
    return built.toString();
  }

  public Response response() {
    return Response.status(status).type(MEDIA_TYPE).entity(json()).build();
  }

  /** The same answer from a servlet or an authentication mechanism. */
  public void send(HttpServletResponse response) throws IOException {
    byte[] body = json().getBytes(StandardCharsets.UTF_8);
    response.setStatus(status);
    response.setContentType(MEDIA_TYPE);
    response.setContentLength(body.length);
    response.getOutputStream().write(body);
    response.flushBuffer();
  }

  private String title() {
    if (status == 422) {
      return "Unprocessable Content";
    }
    Response.Status known = Response.Status.fromStatusCode(status);
    return known == null ? "Status " + status : known.getReasonPhrase();
  }
}
