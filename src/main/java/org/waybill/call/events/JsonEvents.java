package org.waybill.call.events;

import jakarta.json.Json;
import jakarta.json.JsonException;
import jakarta.json.JsonNumber;
import jakarta.json.JsonObject;
import jakarta.json.JsonString;
import jakarta.json.JsonValue;
import jakarta.json.stream.JsonParser;
import java.io.ByteArrayInputStream;
import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import org.jspecify.annotations.Nullable;
import org.waybill.document.Quoted;

/**
 * Events as JSON, in the names that publishers have used for the same thing. The type, where the
 * event does not say it, is the routing key.
 */
final class JsonEvents {
  private static final List<String> TYPE = List.of("eventType", "event_type");
  private static final List<String> CALL = List.of("callId", "call_id");
  private static final List<String> PLAN = List.of("dialplanResolution", "dialplan_resolution");
  private static final List<String> TENANT = List.of("tenantId", "tenant_id");
  private static final List<String> TIME = List.of("timestamp", "event_timestamp");
  private static final Map<EventField, List<String>> NAMES =
      Map.of(
          EventField.FROM, List.of("fromUri", "from_uri", "from"),
          EventField.TO, List.of("toUri", "to_uri", "to"),
          EventField.USER, List.of("userId", "user_id"),
          EventField.CONTACT, List.of("contactId", "contact_id"),
          EventField.REASON, List.of("reason"),
          EventField.RECORDING, List.of("recordingUri", "recording_uri", "uri"),
          EventField.TRANSFERRED_TO,
              List.of("transferredTo", "transferTo", "transfer_to", "target", "toUri", "to"));

  /** Past it a number of seconds would be far in the future: it counts milliseconds. */
  private static final BigDecimal MOST_SECONDS = BigDecimal.valueOf(100_000_000_000L);

  private JsonEvents() {}

  static CallEvent read(Message message) throws UnreadableEvent {
    JsonObject json = object(message.body());
    String type = text(json, TYPE);
    String call = text(json, CALL);
    return new CallEvent(
        type == null ? message.routingKey() : type,
        call == null ? "" : call,
        time(json),
        said(json),
        message);
  }

  static JsonObject object(byte[] body) throws UnreadableEvent {
    try (JsonParser parser = Json.createParser(new ByteArrayInputStream(body))) {
      parser.next();
      JsonObject object = parser.getObject();
      parser.hasNext(); // throws when more follows, which may be another event
      return object;
    } catch (JsonException | IllegalStateException | NoSuchElementException e) {
      throw new UnreadableEvent("The event is not a JSON object: " + e.getMessage(), e);
    }
  }

  static Map<EventField, String> said(JsonObject json) {
    Map<EventField, String> said = new EnumMap<>(EventField.class);
    NAMES.forEach((field, names) -> put(said, field, text(json, names)));
    put(said, EventField.TENANT, text(json, TENANT));
    for (String plan : PLAN) {
      if (json.get(plan) instanceof JsonObject resolution) {
        put(said, EventField.TENANT, text(resolution, TENANT));
      }
    }
    return said;
  }

  static void put(Map<EventField, String> said, EventField field, @Nullable String value) {
    if (value != null && !value.isBlank()) {
      said.put(field, value);
    }
  }

  static @Nullable String callId(JsonObject json) {
    return text(json, CALL);
  }

  /** The first of the names that says something. */
  private static @Nullable String text(JsonObject json, List<String> names) {
    for (String name : names) {
      JsonValue value = json.get(name);
      String text = null;
      if (value instanceof JsonString string) {
        text = string.getString();
      } else if (value instanceof JsonNumber) {
        text = value.toString();
      }
      if (text != null && !text.isBlank()) {
        return text;
      }
    }
    return null;
  }

  /** RFC 3339, or seconds or milliseconds since 1970; null where the event does not say. */
  private static @Nullable Instant time(JsonObject json) throws UnreadableEvent {
    String text = text(json, TIME);
    if (text == null) {
      return null;
    }
    try {
      if (!text.matches("[0-9]{1,18}(\\.[0-9]{1,9})?")) {
        return OffsetDateTime.parse(text.strip()).toInstant();
      }
      BigDecimal number = new BigDecimal(text);
      boolean seconds = number.compareTo(MOST_SECONDS) < 0;
      BigDecimal millis = seconds ? number.movePointRight(3) : number;
      return Instant.ofEpochMilli(millis.longValue());
    } catch (DateTimeException e) {
      throw new UnreadableEvent(
          "The timestamp of the event must be a time such as 2024-01-15T10:30:45Z, but is "
              + Quoted.of(text)
              + ".",
          e);
    }
  }
}
