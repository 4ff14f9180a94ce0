package org.waybill.cdr;

import java.nio.ByteBuffer;
import java.util.UUID;

/** A UUID as {@code BINARY(16)}, in the order of its text, as {@code UNHEX()} makes it. */
public final class Uuids {
  private static final int LENGTH = 16;

  private Uuids() {}

  public static byte[] bytes(UUID uuid) {
    return ByteBuffer.allocate(LENGTH)
        .putLong(uuid.getMostSignificantBits())
        .putLong(uuid.getLeastSignificantBits())
        .array();
  }

  public static UUID uuid(byte[] bytes) {
    ByteBuffer buffer = ByteBuffer.wrap(bytes);
    return new UUID(buffer.getLong(), buffer.getLong());
  }
}
