package org.waybill.collect;

import jakarta.json.Json;
import jakarta.json.JsonArrayBuilder;
import java.util.List;
import org.waybill.normalize.Repair;

/** Repairs as the JSON that {@code raw_cdrs} keeps and a trace shows. */
final class Repairs {
  private Repairs() {}

  static String json(List<Repair> repairs) {
    JsonArrayBuilder array = Json.createArrayBuilder();
    for (Repair repair : repairs) {
      array.add(
          Json.createObjectBuilder()
              .add("kind", repair.kind())
              .add("where", repair.where())
              .add("before", repair.before())
              .add("after", repair.after()));
    }
    return array.build().toString();
  }
}
