package org.waybill.call.events;

import com.google.protobuf.ByteString;
import com.google.protobuf.CodedInputStream;
import com.google.protobuf.WireFormat;
import java.io.IOException;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A protobuf message without its schema: of the wire format's kinds only those that the events use
 * are kept. A field that comes again replaces the one before, as proto3 has it.
 */
final class WireMessage {
  private final Map<Integer, ByteString> delimited = new HashMap<>();
  private final Map<Integer, Long> varints = new HashMap<>();

  private WireMessage() {}

  static WireMessage parse(ByteString bytes) throws UnreadableEvent {
    WireMessage message = new WireMessage();
    try {
      CodedInputStream in = bytes.newCodedInput();
      for (int tag = in.readTag(); tag != 0; tag = in.readTag()) {
        message.read(tag, in);
      }
      return message;
    } catch (IOException e) {
      throw new UnreadableEvent("The message is neither JSON nor protobuf: " + e.getMessage(), e);
    }
  }

  private void read(int tag, CodedInputStream in) throws IOException {
    int number = WireFormat.getTagFieldNumber(tag);
    switch (WireFormat.getTagWireType(tag)) {
      case WireFormat.WIRETYPE_LENGTH_DELIMITED -> delimited.put(number, in.readBytes());
      case WireFormat.WIRETYPE_VARINT -> varints.put(number, in.readInt64());
      default -> in.skipField(tag);
    }
  }

  @Nullable ByteString bytes(int number) {
    return delimited.get(number);
  }

  /**
   * @throws UnreadableEvent when it is no text
   */
  @Nullable String text(int number) throws UnreadableEvent {
    ByteString bytes = delimited.get(number);
    if (bytes == null) {
      return null;
    }
    if (!bytes.isValidUtf8()) {
      throw new UnreadableEvent("Field " + number + " of the message is no UTF-8.");
    }
    return bytes.toStringUtf8();
  }

  /** An absent one is empty. */
  WireMessage inner(int number) throws UnreadableEvent {
    return parse(delimited.getOrDefault(number, ByteString.EMPTY));
  }

  /** An absent one is 0, as proto3 has it. */
  long varint(int number) {
    return varints.getOrDefault(number, 0L);
  }

  /** Null where it is 0 or absent. */
  @Nullable String number(int number) {
    long value = varint(number);
    return value == 0 ? null : Long.toString(value);
  }
}
