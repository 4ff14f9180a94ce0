package org.waybill.collect;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.waybill.document.Violation;

/**
 * The fingerprint of why documents are rejected: the same for those with the same fault, whatever
 * the values and lines in which they have it. Stands in {@code rejected_cdrs.cause}.
 */
final class RejectionCause {
  private static final Pattern QUOTED = Pattern.compile("'[^']*'|\"[^\"]*\"");
  private static final Pattern UUID =
      Pattern.compile("(?i)[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}");
  private static final Pattern NUMBER = Pattern.compile("[-+]?\\d[\\d.,:TZ+-]*(?<![.,:])");

  private static final int BYTES = 8;

  private RejectionCause() {}

  /** 16 hexadecimal digits. */
  static String of(RejectionReason reason, List<Violation> violations) {
    TreeSet<String> faults = new TreeSet<>();
    violations.forEach(violation -> faults.add(masked(violation.message())));
    String text = reason + "\n" + String.join("\n", faults);
    byte[] hash = sha256(text);
    return HexFormat.of().formatHex(hash, 0, BYTES);
  }

  /** Values are quoted in our sentences, names of elements and attributes are not. */
  static String masked(String message) {
    String text = QUOTED.matcher(message).replaceAll("'…'");
    text = UUID.matcher(text).replaceAll("#");
    return NUMBER.matcher(text).replaceAll("#");
  }

  private static byte[] sha256(String text) {
    try {
      return MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("Every Java platform has SHA-256.", e);
    }
  }
}
