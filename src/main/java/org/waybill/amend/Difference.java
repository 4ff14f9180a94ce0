package org.waybill.amend;

import jakarta.json.Json;
import jakarta.json.JsonArrayBuilder;
import jakarta.json.JsonObject;
import jakarta.json.JsonValue;
import java.util.List;

/**
 * One value of a CDR that a mapping makes otherwise than before.
 *
 * @param field in the schema's names: {@code StartEpoch}, {@code variables/billsec}, {@code
 *     tasks/0/rmDispStoreItems}
 * @param before none where there was none; several of a repeated variable
 * @param after likewise
 */
record Difference(String field, List<String> before, List<String> after) {
  /** Characters of a value that are shown. */
  private static final int SHOWN = 300;

  Difference {
    before = List.copyOf(before);
    after = List.copyOf(after);
  }

  JsonObject json() {
    return Json.createObjectBuilder()
        .add("field", field)
        .add("before", json(before))
        .add("after", json(after))
        .build();
  }

  /** As a CDR's JSON has it: a repeated variable is an array. */
  private static JsonValue json(List<String> values) {
    if (values.size() == 1) {
      return Json.createValue(cut(values.get(0)));
    }
    JsonArrayBuilder array = Json.createArrayBuilder();
    values.stream().limit(SHOWN / 10).forEach(value -> array.add(cut(value)));
    return values.isEmpty() ? JsonValue.NULL : array.build();
  }

  private static String cut(String value) {
    return value.codePointCount(0, value.length()) <= SHOWN
        ? value
        : value.substring(0, value.offsetByCodePoints(0, SHOWN)) + "…";
  }
}
