package org.waybill.collect;

import jakarta.json.JsonObject;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.waybill.platform.Problem;

/**
 * How the doors for batches say that not all of it was taken. What is left of the stream is not
 * read, so the connection cannot be used again.
 */
final class BatchAnswers {
  private static final String AGAIN =
      " Send the whole batch again: what was stored is answered as a duplicate then.";

  private BatchAnswers() {}

  static void later(JsonObject counts, HttpServletResponse response) throws IOException {
    response.setHeader("Retry-After", "5");
    send(
        HttpServletResponse.SC_SERVICE_UNAVAILABLE,
        "The database does not take documents now." + AGAIN,
        counts,
        response);
  }

  /**
   * @param why a sentence without its full stop
   */
  static void corrupt(String why, JsonObject counts, HttpServletResponse response)
      throws IOException {
    send(HttpServletResponse.SC_BAD_REQUEST, why + "." + AGAIN, counts, response);
  }

  private static void send(
      int status, String sentence, JsonObject counts, HttpServletResponse response)
      throws IOException {
    response.setHeader("Connection", "close");
    Problem problem = Problem.of(status, sentence);
    for (String name : counts.keySet()) {
      problem = problem.with(name, counts.get(name));
    }
    problem.send(response);
  }
}
