package org.waybill.collect;

import jakarta.json.Json;
import jakarta.json.stream.JsonGenerator;
import jakarta.json.stream.JsonGeneratorFactory;
import jakarta.servlet.http.HttpServletResponse;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Map;
import org.waybill.platform.Problem;
import org.waybill.task.StoredTask;

/** How the doors say what came of a document. */
final class CdrAnswers {
  private static final int UNPROCESSABLE = 422;
  private static final JsonGeneratorFactory JSON = Json.createGeneratorFactory(Map.of());

  private CdrAnswers() {}

  /**
   * @param lenient whether the sender gets 202 for a document that is kept (RFC 7240)
   * @param stored the status for one that is new
   */
  static void send(Answer answer, boolean lenient, int stored, HttpServletResponse response)
      throws IOException {
    if (answer instanceof Answer.Accepted accepted) {
      accepted(accepted.verdict(), stored, response);
    } else if (answer instanceof Answer.Rejected rejected) {
      rejected(rejected, lenient, response);
    } else if (answer instanceof Answer.Forbidden forbidden) {
      Problem.of(
              HttpServletResponse.SC_FORBIDDEN,
              "You may not send documents of organization " + forbidden.rmOrgId() + ".")
          .send(response);
    } else {
      later(response);
    }
  }

  /** RFC 9110, section 10.2.3. */
  static void later(HttpServletResponse response) throws IOException {
    response.setHeader("Retry-After", "1");
    Problem.of(
            HttpServletResponse.SC_SERVICE_UNAVAILABLE,
            "The document could not be stored in time. Send it again; if it was stored after all,"
                + " that is answered as a duplicate.")
        .send(response);
  }

  private static void accepted(Verdict.Accepted cdr, int stored, HttpServletResponse response)
      throws IOException {
    byte[] body = json(cdr);
    response.setStatus(cdr.duplicate() ? HttpServletResponse.SC_OK : stored);
    response.setHeader("Location", "/api/cdrs/" + cdr.uuid());
    response.setContentType("application/json");
    response.setContentLength(body.length);
    response.getOutputStream().write(body);
  }

  private static byte[] json(Verdict.Accepted cdr) {
    ByteArrayOutputStream out = new ByteArrayOutputStream(256);
    try (JsonGenerator json = JSON.createGenerator(out)) {
      json.writeStartObject()
          .write("id", cdr.id())
          .write("uuid", cdr.uuid().toString())
          .write("TableSuffix", cdr.tableSuffix().toString())
          .write("rmOrgID", cdr.rmOrgId())
          .writeStartArray("tasks");
      for (StoredTask task : cdr.tasks()) {
        json.writeStartObject()
            .write("id", task.id())
            .write("type", task.type())
            .write("priority", task.priority().word())
            .writeEnd();
      }
      json.writeEnd();
      if (cdr.duplicate()) {
        json.write("duplicate", true);
      }
      if (cdr.repairs() > 0) {
        json.write("repairs", cdr.repairs());
      }
      json.writeEnd();
    }
    return out.toByteArray();
  }

  private static void rejected(
      Answer.Rejected rejected, boolean lenient, HttpServletResponse response) throws IOException {
    int status = lenient ? HttpServletResponse.SC_ACCEPTED : status(rejected.rejection().reason());
    if (lenient) {
      response.setHeader("Preference-Applied", "handling=lenient");
    }
    Problem.of(status, sentence(rejected))
        .with("rejectedId", Json.createValue(rejected.rejectedId()))
        .with("reason", Json.createValue(rejected.rejection().reason().name()))
        .with("violations", Violations.json(rejected.rejection().violations()))
        .send(response);
  }

  private static int status(RejectionReason reason) {
    return switch (reason) {
      case NOT_WELL_FORMED -> HttpServletResponse.SC_BAD_REQUEST;
      case CONFLICT -> HttpServletResponse.SC_CONFLICT;
      case FORBIDDEN_ORGANIZATION -> HttpServletResponse.SC_FORBIDDEN;
      case INVALID, UNKNOWN_ORGANIZATION, UNSTORABLE -> UNPROCESSABLE;
    };
  }

  private static String sentence(Answer.Rejected rejected) {
    int more = rejected.rejection().violations().size() - 1;
    String first = rejected.rejection().violations().get(0).message();
    return more == 0 ? first : first + " And " + more + " more: see violations.";
  }
}
