package org.waybill.console.page;

import jakarta.json.Json;
import jakarta.json.JsonArrayBuilder;
import jakarta.json.JsonObjectBuilder;
import jakarta.ws.rs.core.MultivaluedMap;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The fields of a form, on their way to the JSON that the same change takes as a call. What was
 * left empty was not given.
 */
final class Form {
  private final MultivaluedMap<String, String> fields;
  private final JsonObjectBuilder json = Json.createObjectBuilder();

  Form(MultivaluedMap<String, String> fields) {
    this.fields = fields;
  }

  @Nullable String text(String name) {
    String text = fields.getFirst(name);
    return text == null || text.isBlank() ? null : text.strip();
  }

  String orEmpty(String name) {
    String text = text(name);
    return text == null ? "" : text;
  }

  List<String> all(String name) {
    List<String> values = fields.get(name);
    return values == null ? List.of() : values.stream().filter(value -> !value.isBlank()).toList();
  }

  /** Whether it is about what was ticked in a list, and not about all that match. */
  boolean isOfTicked() {
    return "ticked".equals(text("which"));
  }

  /** Those of a field in which several stand, with commas or spaces between. */
  List<String> several(String name) {
    return Arrays.stream(orEmpty(name).split("[,\\s]+")).filter(word -> !word.isEmpty()).toList();
  }

  Form texts(String... names) {
    for (String name : names) {
      String text = text(name);
      if (text != null) {
        json.add(name, text);
      }
    }
    return this;
  }

  /** A whole number; what is none goes on as a text, which the call then refuses. */
  Form number(String name) {
    String text = text(name);
    if (text != null) {
      addNumber(name, text);
    }
    return this;
  }

  /** A checkbox. */
  Form flag(String name) {
    json.add(name, text(name) != null);
    return this;
  }

  Form list(String name, List<String> values) {
    JsonArrayBuilder array = Json.createArrayBuilder();
    values.forEach(array::add);
    json.add(name, array);
    return this;
  }

  Form numbers(String name, List<String> values) {
    JsonArrayBuilder array = Json.createArrayBuilder();
    for (String value : values) {
      if (value.matches("[0-9]{1,9}")) {
        array.add(Integer.parseInt(value));
      } else {
        array.add(value);
      }
    }
    json.add(name, array);
    return this;
  }

  /** An object of texts: a line each, name and value with {@code =} between. */
  Form pairs(String name, String text) {
    JsonObjectBuilder pairs = Json.createObjectBuilder();
    text.lines()
        .filter(line -> !line.isBlank())
        .forEach(
            line -> {
              int equals = line.indexOf('=');
              String key = equals < 0 ? line : line.substring(0, equals);
              pairs.add(key.strip(), equals < 0 ? "" : line.substring(equals + 1).strip());
            });
    json.add(name, pairs);
    return this;
  }

  Form object(String name, Form inner) {
    json.add(name, inner.json);
    return this;
  }

  String json() {
    return json.build().toString();
  }

  private void addNumber(String name, String text) {
    if (text.matches("[0-9]{1,9}")) {
      json.add(name, Integer.parseInt(text));
    } else {
      json.add(name, text);
    }
  }
}
