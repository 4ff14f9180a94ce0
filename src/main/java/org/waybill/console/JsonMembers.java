package org.waybill.console;

import jakarta.json.Json;
import jakarta.json.JsonArrayBuilder;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import jakarta.json.JsonValue;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.TreeSet;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.waybill.report.Found;

/** Builds JSON objects in which an absent value is null, and a time is ISO-8601 in UTC. */
final class JsonMembers {
  private final JsonObjectBuilder json = Json.createObjectBuilder();

  JsonMembers add(String name, @Nullable String value) {
    return add(name, value == null ? JsonValue.NULL : Json.createValue(value));
  }

  JsonMembers add(String name, @Nullable Integer value) {
    return add(name, value == null ? JsonValue.NULL : Json.createValue(value));
  }

  JsonMembers add(String name, long value) {
    json.add(name, value);
    return this;
  }

  JsonMembers add(String name, double value) {
    json.add(name, value);
    return this;
  }

  JsonMembers add(String name, boolean value) {
    json.add(name, value);
    return this;
  }

  JsonMembers add(String name, @Nullable Instant value) {
    return add(name, value == null ? null : value.toString());
  }

  JsonMembers add(String name, JsonValue value) {
    json.add(name, value);
    return this;
  }

  JsonMembers addWords(String name, Collection<String> words) {
    JsonArrayBuilder array = Json.createArrayBuilder();
    new TreeSet<>(words).forEach(array::add);
    json.add(name, array);
    return this;
  }

  JsonMembers addNumbers(String name, Collection<Integer> numbers) {
    JsonArrayBuilder array = Json.createArrayBuilder();
    new TreeSet<>(numbers).forEach(array::add);
    json.add(name, array);
    return this;
  }

  <T> JsonMembers addAll(String name, List<T> values, Function<T, ? extends JsonValue> toJson) {
    JsonArrayBuilder array = Json.createArrayBuilder();
    values.forEach(value -> array.add(toJson.apply(value)));
    json.add(name, array);
    return this;
  }

  JsonObject build() {
    return json.build();
  }

  /** A list that is never long. */
  static <T> String list(List<T> all, Function<T, ? extends JsonValue> toJson) {
    return list(all, null, toJson);
  }

  /**
   * One page of a list.
   *
   * @param found one more than fits, where there is more
   * @param cursor of an item, where the page behind it begins
   */
  static <T> String page(
      List<T> found, int limit, Function<T, ?> cursor, Function<T, ? extends JsonValue> toJson) {
    if (found.size() <= limit) {
      return list(found, null, toJson);
    }
    String next = String.valueOf(cursor.apply(found.get(limit - 1)));
    return list(found.subList(0, limit), next, toJson);
  }

  /** The same of one that knows where it goes on. */
  static <T> String page(Found<T> found, Function<T, ? extends JsonValue> toJson) {
    return list(found.items(), found.next(), toJson);
  }

  private static <T> String list(
      List<T> items, @Nullable String next, Function<T, ? extends JsonValue> toJson) {
    return new JsonMembers().addAll("items", items, toJson).add("next", next).build().toString();
  }
}
