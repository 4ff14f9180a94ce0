package org.waybill.cdr;

import java.util.Arrays;
import java.util.HexFormat;

/** SHA-256 of a document's values: two documents that say the same have the same one. */
public final class ContentHash {
  private static final int LENGTH = 32;
  private final byte[] bytes;

  public ContentHash(byte[] bytes) {
    if (bytes.length != LENGTH) {
      throw new IllegalArgumentException("A SHA-256 has 32 bytes, not " + bytes.length);
    }
    this.bytes = bytes.clone();
  }

  public byte[] bytes() {
    return bytes.clone();
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof ContentHash hash && Arrays.equals(bytes, hash.bytes);
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(bytes);
  }

  @Override
  public String toString() {
    return HexFormat.of().formatHex(bytes);
  }
}
