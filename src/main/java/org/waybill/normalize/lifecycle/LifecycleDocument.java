package org.waybill.normalize.lifecycle;

import static java.nio.charset.StandardCharsets.UTF_8;

import jakarta.json.Json;
import jakarta.json.JsonArray;
import jakarta.json.JsonArrayBuilder;
import jakarta.json.JsonException;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import jakarta.json.JsonReader;
import jakarta.json.JsonString;
import jakarta.json.JsonValue;
import java.io.ByteArrayInputStream;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.waybill.document.Quoted;
import org.waybill.document.Violation;

/** A call as a document of its own: the same knowledge makes the same bytes. */
public final class LifecycleDocument {
  private static final String EVENT =
      "This is an event of a call, not a call: events are not resubmitted. Publish it again, mended,"
          + " and discard this one.";

  private final JsonObject json;
  private final List<Violation> violations = new ArrayList<>();

  private LifecycleDocument(JsonObject json) {
    this.json = json;
  }

  public static byte[] write(LifecycleCall call) {
    JsonObjectBuilder json = Json.createObjectBuilder().add("call_id", call.callId());
    add(json, "tenant_id", call.tenant());
    LifecycleCall.Parties parties = call.parties();
    if (parties != null) {
      json.add("from_uri", parties.from()).add("to_uri", parties.to());
    }
    add(json, "start_time", call.start());
    add(json, "answer_time", call.answer());
    LifecycleCall.End end = call.end();
    if (end != null) {
      add(json, "end_time", end.at());
      add(json, "reason", end.reason());
    }
    json.add("status", call.status().name());
    LifecycleCall.Findings findings = call.findings();
    add(json, "user_id", findings.userId());
    add(json, "contact_id", findings.contactId());
    add(json, "recordings", findings.recordings());
    add(json, "transfers", findings.transfers());
    return json.build().toString().getBytes(UTF_8);
  }

  private static void add(JsonObjectBuilder json, String name, @Nullable Object value) {
    if (value != null) {
      json.add(name, value.toString());
    }
  }

  private static void add(JsonObjectBuilder json, String name, List<String> values) {
    if (!values.isEmpty()) {
      JsonArrayBuilder array = Json.createArrayBuilder();
      values.forEach(array::add);
      json.add(name, array);
    }
  }

  /**
   * Reads one.
   *
   * @param violations takes all that is wrong
   * @return null when something is
   */
  static @Nullable LifecycleCall read(byte[] body, List<Violation> violations) {
    JsonObject json;
    try (JsonReader reader = Json.createReader(new ByteArrayInputStream(body))) {
      json = reader.readObject();
    } catch (JsonException e) {
      violations.add(new Violation(1, 1, "The document is not a JSON object: " + e.getMessage()));
      return null;
    }
    LifecycleDocument document = new LifecycleDocument(json);
    LifecycleCall call = document.call();
    violations.addAll(document.violations);
    return violations.isEmpty() ? call : null;
  }

  private LifecycleCall call() {
    if (!json.containsKey("call_id")) {
      boolean event = json.containsKey("callId") || json.containsKey("eventType");
      wrong(event ? EVENT : "call_id is missing.");
    }
    Instant start = instant("start_time");
    if (start == null && violations.isEmpty()) {
      wrong("start_time is missing.");
    }
    String from = text("from_uri");
    String to = text("to_uri");
    Instant end = instant("end_time");
    String callId = text("call_id");
    return new LifecycleCall(
        callId == null ? "" : callId,
        text("tenant_id"),
        from == null || to == null ? null : new LifecycleCall.Parties(from, to),
        start == null ? Instant.EPOCH : start,
        instant("answer_time"),
        end == null ? null : new LifecycleCall.End(end, text("reason")),
        LifecycleCall.Status.TIMED_OUT.name().equals(text("status")),
        new LifecycleCall.Findings(
            text("user_id"), text("contact_id"), texts("recordings"), texts("transfers")));
  }

  private @Nullable String text(String name) {
    JsonValue value = json.get(name);
    if (value == null || value == JsonValue.NULL) {
      return null;
    }
    if (!(value instanceof JsonString string)) {
      wrong(name + " must be a text, but is " + Quoted.of(value.toString()) + ".");
      return null;
    }
    return string.getString();
  }

  private List<String> texts(String name) {
    List<String> texts = new ArrayList<>();
    if (json.get(name) instanceof JsonArray array) {
      for (JsonValue value : array) {
        texts.add(value instanceof JsonString string ? string.getString() : value.toString());
      }
    }
    return texts;
  }

  private @Nullable Instant instant(String name) {
    String text = text(name);
    if (text == null) {
      return null;
    }
    try {
      return Instant.parse(text);
    } catch (DateTimeException e) {
      wrong(
          name
              + " must be an instant such as 2024-01-15T10:30:45Z, but is "
              + Quoted.of(text)
              + ".");
      return null;
    }
  }

  private void wrong(String sentence) {
    violations.add(new Violation(0, 0, sentence));
  }
}
