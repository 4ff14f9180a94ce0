package org.waybill.access;

import java.nio.charset.StandardCharsets;
import java.util.HexFormat;

/**
 * What HTTP Digest needs of a password: its HA1 (RFC 7616, section 3.4.2) by both algorithms. Who
 * has one can sign in with it, so only switches have any, and only those that opted in.
 */
record StoredDigest(String sha256, String md5) {
  static final String REALM = "Waybill";

  static StoredDigest of(String name, String password) {
    String secret = name + ":" + REALM + ":" + password;
    return new StoredDigest(DigestAlgorithm.SHA_256.hash(secret), DigestAlgorithm.MD5.hash(secret));
  }

  String by(DigestAlgorithm algorithm) {
    return algorithm == DigestAlgorithm.MD5 ? md5 : sha256;
  }

  /** The algorithms of RFC 7616 that libcurl speaks, in the order in which they are offered. */
  enum DigestAlgorithm {
    SHA_256("SHA-256"),
    MD5("MD5");

    private final String word;

    DigestAlgorithm(String word) {
      this.word = word;
    }

    String word() {
      return word;
    }

    /** In small hexadecimal letters, as all of Digest. */
    String hash(String text) {
      return HexFormat.of().formatHex(Digests.by(word, text.getBytes(StandardCharsets.UTF_8)));
    }
  }

  @Override
  public String toString() {
    return "StoredDigest";
  }
}
