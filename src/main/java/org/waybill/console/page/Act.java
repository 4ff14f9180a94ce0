package org.waybill.console.page;

import jakarta.json.Json;
import jakarta.json.JsonException;
import jakarta.json.JsonObject;
import jakarta.json.JsonReader;
import jakarta.ws.rs.core.Response;
import java.io.StringReader;
import java.util.List;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.waybill.access.AlreadyThere;
import org.waybill.platform.Problem;
import org.waybill.platform.ProblemException;

/**
 * What came of a call that a form makes, which is the same as a machine makes: its answer, or the
 * problem that it ends with.
 */
record Act(@Nullable JsonObject answer, @Nullable Problem problem, @Nullable String location) {

  /** Of a call that answers with JSON as text. */
  static Act of(Supplier<String> call) {
    return ofResponse(() -> Response.ok(call.get()).build());
  }

  /** Of a call that answers nothing. */
  static Act ofSilent(Runnable call) {
    return ofResponse(
        () -> {
          call.run();
          return Response.noContent().build();
        });
  }

  static Act ofResponse(Supplier<Response> call) {
    try {
      Response response = call.get();
      JsonObject json = json(response.getEntity());
      if (response.getStatus() >= 400) {
        return new Act(null, problem(response.getStatus(), json), null);
      }
      return new Act(json, null, response.getHeaderString("Location"));
    } catch (ProblemException e) {
      return new Act(null, e.problem(), null);
    } catch (AlreadyThere e) {
      return new Act(null, Problem.of(409, String.valueOf(e.getMessage())), null);
    }
  }

  boolean done() {
    return problem == null;
  }

  /** The same where it was done, else why it was not. */
  Notice notice(String done) {
    return problem == null ? Notice.done(done) : Notice.refused(sentence());
  }

  /** Why it was not done, every violation included. */
  String sentence() {
    if (problem == null) {
      return "";
    }
    List<Wrong> wrong = wrong();
    return wrong.isEmpty()
        ? problem.detail()
        : wrong.stream().map(Wrong::sentence).collect(Collectors.joining(" "));
  }

  /** One thing wrong with a field, or with the document at a line. */
  record Wrong(String field, String message) {
    String sentence() {
      return field.isEmpty() ? message : field + ": " + message;
    }
  }

  List<Wrong> wrong() {
    if (problem == null || !problem.members().containsKey("violations")) {
      return List.of();
    }
    return problem.members().get("violations").asJsonArray().getValuesAs(JsonObject.class).stream()
        .map(one -> new Wrong(one.getString("field", ""), one.getString("message", "")))
        .toList();
  }

  /** What is wrong with one field, if anything. */
  @Nullable String wrong(String field) {
    String sentences =
        wrong().stream()
            .filter(one -> one.field().equals(field))
            .map(Wrong::message)
            .collect(Collectors.joining(" "));
    return sentences.isEmpty() ? null : sentences;
  }

  private static Problem problem(int status, @Nullable JsonObject json) {
    Problem problem = Problem.of(status, json == null ? "" : json.getString("detail", ""));
    return json != null && json.containsKey("violations")
        ? problem.with("violations", json.get("violations"))
        : problem;
  }

  private static @Nullable JsonObject json(@Nullable Object entity) {
    if (!(entity instanceof String text)) {
      return null;
    }
    try (JsonReader reader = Json.createReader(new StringReader(text))) {
      return reader.readObject();
    } catch (JsonException e) {
      throw new IllegalStateException("A call of ours answered what is no JSON: " + text, e);
    }
  }
}
