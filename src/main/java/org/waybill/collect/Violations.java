package org.waybill.collect;

import jakarta.json.Json;
import jakarta.json.JsonArray;
import jakarta.json.JsonArrayBuilder;
import jakarta.json.JsonObject;
import jakarta.json.JsonReader;
import java.io.StringReader;
import java.util.List;
import org.waybill.document.Violation;

/** Violations as JSON: the same to senders, to operators and in the database. */
final class Violations {
  private Violations() {}

  static JsonArray json(List<Violation> violations) {
    JsonArrayBuilder array = Json.createArrayBuilder();
    for (Violation violation : violations) {
      array.add(
          Json.createObjectBuilder()
              .add("line", violation.line())
              .add("column", violation.column())
              .add("message", violation.message()));
    }
    return array.build();
  }

  /** The first one, and how many more there are. */
  static String inShort(List<Violation> violations) {
    if (violations.isEmpty()) {
      return "";
    }
    int more = violations.size() - 1;
    String first = violations.get(0).message();
    return more == 0 ? first : first + " (and " + more + " more)";
  }

  static List<Violation> parse(String json) {
    try (JsonReader reader = Json.createReader(new StringReader(json))) {
      return reader.readArray().getValuesAs(JsonObject.class).stream()
          .map(
              violation ->
                  new Violation(
                      violation.getInt("line"),
                      violation.getInt("column"),
                      violation.getString("message")))
          .toList();
    }
  }
}
