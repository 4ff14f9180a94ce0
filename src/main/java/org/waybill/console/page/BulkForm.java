package org.waybill.console.page;

import jakarta.json.Json;
import jakarta.json.JsonArrayBuilder;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.UriInfo;
import java.io.StringReader;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * What is wished for all that match a list, whose address says which they are, or for those of it
 * that were ticked.
 */
final class BulkForm {
  private BulkForm() {}

  /**
   * Starts it, and goes on to the operation.
   *
   * @param form with the fields read that only this act has
   * @param call takes the body that a machine would send
   * @param back the list, for when it could not be started
   */
  static Response start(UriInfo uri, Form form, Function<String, Response> call, String back) {
    Act act = act(Query.of(uri), form, call);
    String operation = operation(act);
    return operation == null
        ? Page.to(Query.of(uri).at(back), act.notice(""))
        : Page.to("/operations/" + operation, Notice.done("Begun. You can leave this page."));
  }

  /** Starts it, where the form is about all that match or has ticked some. */
  static Act act(Query query, Form form, Function<String, Response> call) {
    String text = form.texts("reason").number("ratePerSecond").number("limit").json();
    try (var reader = Json.createReader(new StringReader(text))) {
      JsonObjectBuilder body = Json.createObjectBuilder(reader.readObject());
      if (form.isOfTicked()) {
        JsonArrayBuilder ids = Json.createArrayBuilder();
        form.all("ids").forEach(ids::add);
        body.add("ids", ids);
      } else {
        body.add("filter", query.filter());
      }
      String whole = body.build().toString();
      return Act.ofResponse(() -> call.apply(whole));
    }
  }

  /** The id of the operation that was started; null where none was. */
  static @Nullable String operation(Act act) {
    String location = act.location();
    return act.done() && location != null
        ? location.substring(location.lastIndexOf('/') + 1)
        : null;
  }

  /** Asks how many it would be about. */
  static Act count(Query query, Function<String, Response> call) {
    JsonObject body =
        Json.createObjectBuilder().add("filter", query.filter()).add("dryRun", true).build();
    return Act.ofResponse(() -> call.apply(body.toString()));
  }

  /** Such as {@code 80,000 or more}; empty where it could not be counted. */
  static String counted(Act act) {
    JsonObject answer = act.answer();
    return answer == null
        ? ""
        : Show.number(answer.getJsonNumber("matching").longValue())
            + (answer.getBoolean("more", false) ? " or more" : "");
  }

  /** How many it would be about, as a sentence. */
  static Response matching(UriInfo uri, Function<String, Response> call) {
    Act act = count(Query.of(uri), call);
    return sentence(act.done() ? counted(act) + " match now." : act.sentence());
  }

  /** A part of a page that is one sentence. */
  static Response sentence(String sentence) {
    return Response.ok(sentence, "text/plain;charset=UTF-8")
        .header("Cache-Control", "no-store")
        .build();
  }
}
