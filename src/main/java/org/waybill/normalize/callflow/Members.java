package org.waybill.normalize.callflow;

import jakarta.json.JsonNumber;
import jakarta.json.JsonObject;
import jakarta.json.JsonString;
import jakarta.json.JsonValue;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.waybill.document.Quoted;
import org.waybill.document.Violation;

/**
 * The members of an item, each by whichever of its names stands there: the platform's mock and its
 * service call some of them differently. What is wrong with one is noted, and it then counts as
 * absent.
 */
final class Members {
  private static final Pattern ID = Pattern.compile("[0-9]{1,18}");

  private final JsonObject item;
  private final String kind;
  private final List<Violation> violations;

  /**
   * @param kind how sentences name the item, such as {@code a call}
   * @param violations takes what is wrong
   */
  Members(JsonObject item, String kind, List<Violation> violations) {
    this.item = item;
    this.kind = kind;
    this.violations = violations;
  }

  boolean has(String name) {
    return item.containsKey(name);
  }

  /** A number of up to 18 digits, perhaps as text; -1 when there is none, which is a violation. */
  long id(String... names) {
    Long id = idOrNull(names);
    if (id == null && find(names) == null) {
      missing(names[0]);
    }
    return id == null ? -1 : id;
  }

  @Nullable Long idOrNull(String... names) {
    JsonValue value = find(names);
    if (value == null) {
      return null;
    }
    String text = value instanceof JsonString string ? string.getString() : value.toString();
    if (!ID.matcher(text).matches()) {
      wrong(names[0], "a whole number of at most 18 digits", value);
      return null;
    }
    return Long.valueOf(text);
  }

  /** A text, or a number as its digits. */
  @Nullable String text(String... names) {
    JsonValue value = find(names);
    if (value == null) {
      return null;
    }
    if (value instanceof JsonString string) {
      return string.getString();
    }
    if (value instanceof JsonNumber) {
      return value.toString();
    }
    wrong(names[0], "a text", value);
    return null;
  }

  String requiredText(String name) {
    String text = text(name);
    if (text == null && find(name) == null) {
      missing(name);
    }
    return text == null ? "" : text;
  }

  @Nullable Moment time(String... names) {
    JsonValue value = find(names);
    Moment moment = value == null ? null : Moment.of(value);
    if (value != null && moment == null) {
      wrong(names[0], "a time such as 2024-01-15T10:30:45Z", value);
    }
    return moment;
  }

  @Nullable Moment requiredTime(String... names) {
    Moment moment = time(names);
    if (moment == null && find(names) == null) {
      missing(names[0]);
    }
    return moment;
  }

  /** Empty when there is none. */
  JsonObject object(String name) {
    JsonValue value = find(name);
    if (value instanceof JsonObject object) {
      return object;
    }
    if (value != null) {
      wrong(name, "an object", value);
    }
    return JsonValue.EMPTY_JSON_OBJECT;
  }

  /** The first that is there; null stands for absent, and so does an empty text. */
  private @Nullable JsonValue find(String... names) {
    for (String name : names) {
      JsonValue value = item.get(name);
      boolean empty = value instanceof JsonString text && text.getString().isBlank();
      if (value != null && value.getValueType() != JsonValue.ValueType.NULL && !empty) {
        return value;
      }
    }
    return null;
  }

  private void missing(String name) {
    String subject = Character.toUpperCase(kind.charAt(0)) + kind.substring(1);
    wrong("%s has no %s, which it needs.".formatted(subject, name));
  }

  private void wrong(String name, String expected, JsonValue value) {
    String shown = value instanceof JsonString text ? text.getString() : value.toString();
    wrong("%s of %s must be %s, but is %s.".formatted(name, kind, expected, Quoted.of(shown)));
  }

  private void wrong(String sentence) {
    violations.add(new Violation(0, 0, sentence));
  }
}
