package org.waybill.console;

import jakarta.json.Json;
import jakarta.json.JsonArray;
import jakarta.json.JsonException;
import jakarta.json.JsonNumber;
import jakarta.json.JsonObject;
import jakarta.json.JsonReader;
import jakarta.json.JsonString;
import jakarta.json.JsonStructure;
import jakarta.json.JsonValue;
import java.io.StringReader;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.waybill.platform.Problem;
import org.waybill.platform.ProblemException;

/**
 * The JSON object of a request. Fields are read one after the other and {@link #done} then throws
 * if anything was wrong with any of them, so that the sender hears all of it at once. A field that
 * nobody asked for is wrong, too: most likely its name is misspelt.
 */
final class JsonBody {
  private final JsonObject json;
  private final Set<String> unread;
  private final String prefix;
  private final List<Problem.Violation> violations;
  private final List<JsonBody> inner = new ArrayList<>();

  private JsonBody(JsonObject json) {
    this(json, "", new ArrayList<>());
  }

  private JsonBody(JsonObject json, String prefix, List<Problem.Violation> violations) {
    this.json = json;
    this.unread = new TreeSet<>(json.keySet());
    this.prefix = prefix;
    this.violations = violations;
  }

  /** An empty body is an empty object. */
  static JsonBody read(@Nullable String text) {
    if (text == null || text.isBlank()) {
      return new JsonBody(JsonValue.EMPTY_JSON_OBJECT);
    }
    try (JsonReader reader = Json.createReader(new StringReader(text))) {
      JsonStructure structure = reader.read();
      if (structure instanceof JsonObject object) {
        return new JsonBody(object);
      }
      throw new ProblemException(400, "The body must be one JSON object.");
    } catch (JsonException | IllegalStateException e) {
      throw new ProblemException(
          Problem.of(400, "The body is not well-formed JSON: " + e.getMessage()));
    }
  }

  /** A text of 1 to so many characters; when it is not there or wrong, the empty one. */
  String text(String field, int maxLength) {
    String text = optionalText(field, maxLength);
    if (text == null) {
      if (violations.stream().noneMatch(violation -> violation.field().equals(prefix + field))) {
        wrong(field, "It must be given.");
      }
      return "";
    }
    return text;
  }

  @Nullable String optionalText(String field, int maxLength) {
    JsonValue value = value(field);
    if (value == null) {
      return null;
    }
    if (!(value instanceof JsonString string)) {
      wrong(field, "It must be a text.");
      return null;
    }
    String text = string.getString();
    if (text.isBlank() || text.codePointCount(0, text.length()) > maxLength) {
      wrong(field, "It must have 1 to " + maxLength + " characters.");
      return null;
    }
    return text;
  }

  @Nullable Integer number(String field, int least) {
    JsonValue value = value(field);
    return value == null ? null : number(field, value, least);
  }

  boolean flag(String field, boolean byDefault) {
    Boolean flag = optionalFlag(field);
    return flag == null ? byDefault : flag;
  }

  @Nullable Boolean optionalFlag(String field) {
    JsonValue value = value(field);
    if (value == null) {
      return null;
    }
    if (value != JsonValue.TRUE && value != JsonValue.FALSE) {
      wrong(field, "It must be true or false.");
      return null;
    }
    return value == JsonValue.TRUE;
  }

  /** An object; when it is not there or wrong, the empty one. */
  JsonObject object(String field) {
    JsonValue value = value(field);
    if (value instanceof JsonObject object) {
      return object;
    }
    wrong(field, "It must be given, as an object.");
    return JsonValue.EMPTY_JSON_OBJECT;
  }

  /** An array of different texts, or null when it is not there. */
  @Nullable Set<String> texts(String field, int maxLength) {
    JsonArray array = array(field);
    if (array == null) {
      return null;
    }
    Set<String> texts = new LinkedHashSet<>();
    for (JsonValue value : array) {
      if (value instanceof JsonString string
          && !string.getString().isBlank()
          && string.getString().length() <= maxLength) {
        texts.add(string.getString());
      } else {
        wrong(field, "Each of them must be a text of 1 to " + maxLength + " characters.");
      }
    }
    return texts;
  }

  /** An array of different whole numbers, or null when it is not there. */
  @Nullable Set<Integer> numbers(String field, int least) {
    JsonArray array = array(field);
    if (array == null) {
      return null;
    }
    Set<Integer> numbers = new LinkedHashSet<>();
    for (JsonValue value : array) {
      Integer number = number(field, value, least);
      if (number != null) {
        numbers.add(number);
      }
    }
    return numbers;
  }

  /** An array of different ids, as numbers or texts, or null when it is not there. */
  @Nullable SortedSet<Long> ids(String field) {
    JsonArray array = array(field);
    if (array == null) {
      return null;
    }
    SortedSet<Long> ids = new TreeSet<>();
    for (JsonValue value : array) {
      String text = value instanceof JsonString string ? string.getString() : value.toString();
      if (text.matches("[1-9][0-9]{0,17}")) {
        ids.add(Long.valueOf(text));
      } else {
        wrong(field, "Each of them must be the number of one.");
      }
    }
    return ids;
  }

  /** An object in this one, an empty one when it is not there; {@link #done} covers it, too. */
  JsonBody inside(String field) {
    JsonBody body = new JsonBody(object(field), prefix + field + ".", violations);
    inner.add(body);
    return body;
  }

  /** An object of texts by names of any kind, in its order; empty when it is not there. */
  Map<String, String> pairs(String field, int maxName, int maxLength) {
    Map<String, String> pairs = new LinkedHashMap<>();
    if (value(field) == null) {
      return pairs;
    }
    object(field)
        .forEach(
            (name, value) -> {
              if (!name.isBlank()
                  && name.length() <= maxName
                  && value instanceof JsonString string
                  && string.getString().length() <= maxLength) {
                pairs.put(name, string.getString());
              } else {
                wrong(
                    field,
                    "Each must be a name of 1 to %d characters with a text of at most %d."
                        .formatted(maxName, maxLength));
              }
            });
    return pairs;
  }

  void wrong(String field, String message) {
    violations.add(new Problem.Violation(prefix + field, message));
  }

  /** All fields were read: throws 422 with every violation, if there is one. */
  void done() {
    refuseUnread();
    if (!violations.isEmpty()) {
      throw new ProblemException(
          Problem.of(422, "The body breaks rules: see violations.", violations));
    }
  }

  private void refuseUnread() {
    unread.forEach(field -> wrong(field, "There is no such field."));
    inner.forEach(JsonBody::refuseUnread);
  }

  private @Nullable Integer number(String field, JsonValue value, int least) {
    if (value instanceof JsonNumber number && number.isIntegral()) {
      try {
        int exact = number.intValueExact();
        if (exact >= least) {
          return exact;
        }
      } catch (ArithmeticException e) {
        // Too large: said below.
      }
    }
    wrong(field, "It must be a whole number, " + least + " to " + Integer.MAX_VALUE + ".");
    return null;
  }

  private @Nullable JsonArray array(String field) {
    JsonValue value = value(field);
    if (value == null || value instanceof JsonArray) {
      return (JsonArray) value;
    }
    wrong(field, "It must be an array.");
    return null;
  }

  private @Nullable JsonValue value(String field) {
    unread.remove(field);
    JsonValue value = json.get(field);
    return value == JsonValue.NULL ? null : value;
  }
}
