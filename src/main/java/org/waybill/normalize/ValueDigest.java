package org.waybill.normalize;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * SHA-256 over a sequence of values, each with its length, so that no two sequences run into the
 * same bytes.
 *
 * <p>Stored with each CDR: a change of what is added makes conflicts of documents that are sent
 * again.
 */
public final class ValueDigest {
  private static final int ABSENT = -1;

  private final MessageDigest digest = sha256();
  private final ByteBuffer number = ByteBuffer.allocate(Long.BYTES);

  public void add(@Nullable String text) {
    if (text == null) {
      add(ABSENT);
      return;
    }
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    add(bytes.length);
    digest.update(bytes);
  }

  public void add(byte[] bytes) {
    add(bytes.length);
    digest.update(bytes);
  }

  public void add(long value) {
    number.putLong(0, value);
    digest.update(number.array());
  }

  /** In the order of the names; empty values say as little as absent ones. */
  public void add(Map<String, String> values) {
    Map<String, String> sorted = new TreeMap<>(values);
    sorted.values().removeIf(String::isEmpty);
    add(sorted.size());
    sorted.forEach(
        (name, value) -> {
          add(name);
          add(value);
        });
  }

  /** The digest of all that was added; it is used up then. */
  public byte[] bytes() {
    return digest.digest();
  }

  private static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("Every Java has SHA-256.", e);
    }
  }
}
