package org.waybill.access;

import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Base64;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Supplier;

/**
 * Nonces of HTTP Digest. Each says when it was given out and is signed with a secret that all nodes
 * have, so that a client may take the nonce of one to another, and nothing is kept of those that
 * are never used; of those that are, each node keeps the highest count, so that it takes no request
 * twice.
 */
final class DigestNonces {
  static final Duration LIFE = Duration.ofMinutes(5);
  private static final int MAX_USED = 10_000;
  private static final int RANDOM_BYTES = 8;
  private static final int SIGNED_BYTES = Long.BYTES + RANDOM_BYTES;
  private static final int SIGNATURE_BYTES = 16;

  private final Clock clock;
  private final SecureRandom random = new SecureRandom();
  private final Supplier<byte[]> secret;

  /** The highest count of each, in the order of their first use; guarded by itself. */
  private final Map<String, Long> used = new LinkedHashMap<>();

  /** What was given out before is not known any more, and so stale; guarded by {@code used}. */
  private Instant forgotten = Instant.MIN;

  DigestNonces(Clock clock, Supplier<byte[]> secret) {
    this.clock = clock;
    this.secret = secret;
  }

  String fresh() {
    byte[] noise = new byte[RANDOM_BYTES];
    random.nextBytes(noise);
    byte[] signed = ByteBuffer.allocate(SIGNED_BYTES).putLong(clock.millis()).put(noise).array();
    byte[] nonce =
        ByteBuffer.allocate(SIGNED_BYTES + SIGNATURE_BYTES)
            .put(signed)
            .put(signature(signed))
            .array();
    return Base64.getUrlEncoder().withoutPadding().encodeToString(nonce);
  }

  /**
   * Uses it up to this count.
   *
   * @return false where it is not ours, too old or used so far already
   */
  boolean use(String nonce, long count) {
    Instant given = given(nonce);
    if (given.plus(LIFE).isBefore(clock.instant())) {
      return false;
    }
    synchronized (used) {
      if (!given.isAfter(forgotten) || used.getOrDefault(nonce, 0L) >= count) {
        return false;
      }
      used.put(nonce, count);
      if (used.size() > MAX_USED) {
        forgetOldest();
      }
      return true;
    }
  }

  private void forgetOldest() {
    Iterator<String> oldest = used.keySet().iterator();
    Instant given = given(oldest.next());
    oldest.remove();
    if (given.isAfter(forgotten)) {
      forgotten = given;
    }
  }

  /** When it was given out; long ago, where it is not ours. */
  private Instant given(String nonce) {
    try {
      byte[] bytes = Base64.getUrlDecoder().decode(nonce);
      if (bytes.length == SIGNED_BYTES + SIGNATURE_BYTES) {
        byte[] signed = Arrays.copyOf(bytes, SIGNED_BYTES);
        byte[] signature = Arrays.copyOfRange(bytes, SIGNED_BYTES, bytes.length);
        if (MessageDigest.isEqual(signature, signature(signed))) {
          return Instant.ofEpochMilli(ByteBuffer.wrap(signed).getLong());
        }
      }
    } catch (IllegalArgumentException e) {
      return Instant.EPOCH; // not even base64
    }
    return Instant.EPOCH;
  }

  private byte[] signature(byte[] signed) {
    return Arrays.copyOf(Digests.hmacSha256(secret.get(), signed), SIGNATURE_BYTES);
  }
}
