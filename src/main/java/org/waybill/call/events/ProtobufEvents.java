package org.waybill.call.events;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.google.protobuf.ByteString;
import jakarta.json.JsonObject;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.EnumMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Events of the package {@code sentiric.event.v1}. All messages have their type in field 1 and the
 * trace in field 2. In field 3 those of their own have the call and GenericEvent has the time,
 * which begins with the tag of its seconds: that tells them apart.
 */
final class ProtobufEvents {
  private static final int TYPE = 1;
  private static final int TRACE = 2;
  private static final int CALL = 3;
  private static final int START_TIME = 6;
  private static final int TIME = 4;
  private static final int GENERIC_TIME = 3;
  private static final int GENERIC_TENANT = 4;
  private static final int GENERIC_PAYLOAD = 5;

  private ProtobufEvents() {}

  static CallEvent read(Message message) throws UnreadableEvent {
    WireMessage fields = WireMessage.parse(ByteString.copyFrom(message.body()));
    String type = fields.text(TYPE);
    if (type == null || !type.chars().allMatch(c -> c > ' ' && c < 0x7F)) {
      throw new UnreadableEvent(
          "The message is neither JSON nor an event of sentiric.event.v1: its first field is no type"
              + " of an event.");
    }
    boolean generic = isTime(fields.bytes(CALL));
    return generic ? generic(type, fields, message) : own(type, fields, message);
  }

  private static boolean isTime(@Nullable ByteString field) {
    return field == null || field.isEmpty() || field.byteAt(0) == 0x08 || field.byteAt(0) == 0x10;
  }

  private static CallEvent own(String type, WireMessage fields, Message message)
      throws UnreadableEvent {
    EventKind kind = EventKind.ofType(type);
    Map<EventField, String> said = new EnumMap<>(EventField.class);
    switch (kind) {
      case STARTED -> {
        JsonEvents.put(said, EventField.FROM, fields.text(4));
        JsonEvents.put(said, EventField.TO, fields.text(5));
        JsonEvents.put(said, EventField.TENANT, fields.inner(7).text(2));
      }
      case IDENTIFIED -> {
        WireMessage user = fields.inner(5);
        JsonEvents.put(said, EventField.USER, user.text(1));
        JsonEvents.put(said, EventField.TENANT, user.text(3));
        JsonEvents.put(said, EventField.CONTACT, fields.inner(6).number(1));
      }
      case RECORDED -> {
        String uri = fields.text(5);
        boolean none = uri == null || uri.isBlank();
        JsonEvents.put(said, EventField.RECORDING, none ? fields.text(6) : uri);
      }
      case ENDED -> JsonEvents.put(said, EventField.REASON, fields.text(5));
      case TRANSFERRED -> JsonEvents.put(said, EventField.TRANSFERRED_TO, fields.text(5));
      case ANSWERED, OTHER -> {}
    }
    String call = fields.text(CALL);
    Instant at = time(fields, kind == EventKind.STARTED ? START_TIME : TIME);
    return new CallEvent(type, call == null ? "" : call, at, said, message);
  }

  /** Whose payload says more, as JSON; its trace is the call. */
  private static CallEvent generic(String type, WireMessage fields, Message message)
      throws UnreadableEvent {
    Map<EventField, String> said = new EnumMap<>(EventField.class);
    String payload = fields.text(GENERIC_PAYLOAD);
    String call = fields.text(TRACE);
    if (payload != null && payload.strip().startsWith("{")) {
      JsonObject json = JsonEvents.object(payload.getBytes(UTF_8));
      said.putAll(JsonEvents.said(json));
      String named = JsonEvents.callId(json);
      call = named == null ? call : named;
    }
    JsonEvents.put(said, EventField.TENANT, fields.text(GENERIC_TENANT));
    return new CallEvent(type, call == null ? "" : call, time(fields, GENERIC_TIME), said, message);
  }

  /** A google.protobuf.Timestamp. */
  private static @Nullable Instant time(WireMessage fields, int number) throws UnreadableEvent {
    if (fields.bytes(number) == null) {
      return null;
    }
    WireMessage time = fields.inner(number);
    try {
      return Instant.ofEpochSecond(time.varint(1), time.varint(2));
    } catch (DateTimeException | ArithmeticException e) {
      throw new UnreadableEvent("The timestamp of the event is out of range.", e);
    }
  }
}
