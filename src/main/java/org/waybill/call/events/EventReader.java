package org.waybill.call.events;

import java.time.Instant;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.waybill.document.Quoted;

/**
 * Reads an event, in JSON or in protobuf. No tag tells which it is, nor which message of the
 * protobuf schema: JSON begins with a brace, which no message with a type in its first field does.
 */
final class EventReader {
  private static final int LONGEST_ID = 512;
  private static final int LONGEST_TYPE = 255;
  private static final Instant FIRST = Instant.EPOCH;
  private static final Instant LAST = Instant.parse("9999-12-31T00:00:00Z");

  private EventReader() {}

  static CallEvent read(Message message) throws UnreadableEvent {
    CallEvent event = decoded(message);
    if (event.type().isBlank()) {
      throw new UnreadableEvent("The event names no type.");
    }
    if (event.callId().isBlank()) {
      throw new UnreadableEvent("The event names no call.");
    }
    requireShort(event.type(), LONGEST_TYPE, "The type of an event");
    requireShort(event.callId(), LONGEST_ID, "The id of a call");
    Instant at = event.at();
    if (at != null && (at.isBefore(FIRST) || at.isAfter(LAST))) {
      throw new UnreadableEvent("The timestamp of the event, " + at + ", is no credible time.");
    }
    return event;
  }

  /** A bug that a message brings out must not let it come again and again. */
  private static CallEvent decoded(Message message) throws UnreadableEvent {
    try {
      return isJson(message) ? JsonEvents.read(message) : ProtobufEvents.read(message);
    } catch (RuntimeException | StackOverflowError e) {
      throw new UnreadableEvent("Waybill failed to read the event: " + e, e);
    }
  }

  private static boolean isJson(Message message) {
    String type = message.contentType();
    return startsWithBrace(message.body())
        || (type != null && type.toLowerCase(Locale.ROOT).contains("json"));
  }

  private static boolean startsWithBrace(byte[] body) {
    for (byte one : body) {
      if (one == '{') {
        return true;
      }
      if (one != ' ' && one != '\t' && one != '\n' && one != '\r') {
        return false;
      }
    }
    return false;
  }

  private static void requireShort(@Nullable String text, int longest, String what)
      throws UnreadableEvent {
    if (text != null && text.codePointCount(0, text.length()) > longest) {
      throw new UnreadableEvent(
          what + " has at most " + longest + " characters, but is " + Quoted.of(text) + ".");
    }
  }
}
