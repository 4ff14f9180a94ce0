package org.waybill.console.page;

import jakarta.json.Json;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import jakarta.ws.rs.core.MultivaluedMap;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.UriInfo;
import java.io.StringReader;
import java.util.function.Function;

/** What is wished for all that match a list, whose address says which they are. */
final class BulkForm {
  private BulkForm() {}

  /**
   * Starts it, and goes on to the operation.
   *
   * @param call takes the body that a machine would send
   * @param back the list, for when it could not be started
   */
  static Response start(
      UriInfo uri,
      MultivaluedMap<String, String> fields,
      Function<String, Response> call,
      String back) {
    String text = new Form(fields).texts("reason").number("ratePerSecond").number("limit").json();
    try (var reader = Json.createReader(new StringReader(text))) {
      JsonObjectBuilder body = Json.createObjectBuilder(reader.readObject());
      JsonObject whole = body.add("filter", Query.of(uri).filter()).build();
      Act act = Act.ofResponse(() -> call.apply(whole.toString()));
      String location = act.location();
      return act.done() && location != null
          ? Page.to(location.replace("/api/", "/"), Notice.done("Begun. You can leave this page."))
          : Page.to(Query.of(uri).at(back), act.notice(""));
    }
  }

  /** How many it would be about, as a sentence. */
  static Response matching(UriInfo uri, Function<String, Response> call) {
    JsonObject body =
        Json.createObjectBuilder()
            .add("filter", Query.of(uri).filter())
            .add("dryRun", true)
            .build();
    Act act = Act.ofResponse(() -> call.apply(body.toString()));
    JsonObject answer = act.answer();
    String sentence =
        answer == null
            ? act.sentence()
            : Show.number(answer.getJsonNumber("matching").longValue())
                + (answer.getBoolean("more", false) ? " or more match now." : " match now.");
    return Response.ok(sentence, "text/plain;charset=UTF-8")
        .header("Cache-Control", "no-store")
        .build();
  }
}
