package org.waybill.normalize.callflow;

import jakarta.json.Json;
import jakarta.json.JsonArray;
import jakarta.json.JsonException;
import jakarta.json.JsonObject;
import jakarta.json.JsonReader;
import jakarta.json.JsonValue;
import java.io.StringReader;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BiFunction;
import org.jspecify.annotations.Nullable;
import org.waybill.document.Violation;

/**
 * What stands for a call of the platform: {@code {"call":…,"connections":[…],"events":[…],
 * "operators":[…]}}, each piece as its feed has it. An item of {@code /calls} alone will do.
 */
final class FlowDocument {
  private static final Violation NO_CALL =
      new Violation(
          0,
          0,
          "The document is no call: it needs a member call, as the feed /calls has it, or has to be"
              + " such an item itself. An item of another feed cannot be sent alone; correct it on"
              + " the platform, which is then read again.");

  private final JsonObject root;

  private FlowDocument(JsonObject root) {
    this.root = root;
  }

  /** Null when it is not the text of a JSON object, which is added to the violations. */
  static @Nullable FlowDocument parse(String text, List<Violation> violations) {
    try (JsonReader reader = Json.createReader(new StringReader(text))) {
      return new FlowDocument(reader.readObject());
    } catch (JsonException e) {
      violations.add(new Violation(1, 1, "The document is no JSON object: " + e.getMessage()));
      return null;
    }
  }

  /** Null when something is wrong, all of which is added to the violations. */
  @Nullable FlowCall call(List<Violation> violations) {
    JsonObject own = root.containsKey("call_id") || root.containsKey("id") ? root : null;
    JsonValue call = root.getOrDefault("call", own);
    if (!(call instanceof JsonObject item)) {
      violations.add(NO_CALL);
      return null;
    }
    CallItem read = CallItem.read(item, violations);
    List<ConnectionItem> connections = all("connections", ConnectionItem::read, violations);
    List<EventItem> events = all("events", EventItem::read, violations);
    List<OperatorItem> operators = all("operators", OperatorItem::read, violations);
    return read == null || !violations.isEmpty()
        ? null
        : new FlowCall(read, connections, events, operators);
  }

  /** Whether it was put together without an end, since none came for too long. */
  boolean isUnended() {
    return JsonValue.TRUE.equals(root.get("unended"));
  }

  JsonObject json() {
    return root;
  }

  private <T> List<T> all(
      String name,
      BiFunction<JsonObject, List<Violation>, @Nullable T> read,
      List<Violation> violations) {
    List<T> items = new ArrayList<>();
    if (root.get(name) instanceof JsonArray array) {
      for (JsonValue value : array) {
        T item = value instanceof JsonObject object ? read.apply(object, violations) : null;
        if (item != null) {
          items.add(item);
        }
      }
    }
    return items;
  }
}
