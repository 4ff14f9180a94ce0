package org.waybill.task;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What failures have in common: the kind of delivery, the status, and what was said without the
 * ids, numbers, addresses and times in it. Stands in {@code tasks_error.error_group}.
 */
final class Fingerprint {
  private static final int BYTES = 8;

  /** Mail addresses, and all words with a digit: uuids, times, numbers, ports, ids of any kind. */
  private static final Pattern VALUE =
      Pattern.compile("[^\\s<>\"'(),;:]+@[^\\s<>\"'(),;:]+|[\\p{L}_+-]*\\d[\\p{L}\\d_+.:-]*");

  private static final Pattern VALUES = Pattern.compile("#(?:[\\s,./:-]*#)+");

  /** An answer is cut when it is kept, so that where its values are long its end differs. */
  private static final int CHARACTERS = 160;

  private Fingerprint() {}

  /** 16 hexadecimal digits. */
  static String of(DeliveryKind kind, Attempt attempt) {
    String text = kind.word() + "\n" + attempt.status() + "\n" + masked(attempt.reason());
    return HexFormat.of().formatHex(sha256(text), 0, BYTES);
  }

  static String masked(@Nullable String sentence) {
    String text = VALUE.matcher(sentence == null ? "" : sentence).replaceAll("#");
    text = VALUES.matcher(text).replaceAll("#");
    return text.length() <= CHARACTERS ? text : text.substring(0, CHARACTERS);
  }

  private static byte[] sha256(String text) {
    try {
      return MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("Every Java platform has SHA-256.", e);
    }
  }
}
