package org.waybill.normalize;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.List;
import java.util.UUID;
import org.waybill.cdr.Uuids;

/**
 * The uuid of a record that brings none: name-based, RFC 9562 version 5, so that the same record
 * twice has the same one. Another name is another CDR: what goes in here stays for ever.
 */
public final class NamedUuid {
  private static final UUID WAYBILL = UUID.fromString("e8eb72f4-61cc-413f-a877-ab72d5341b38");

  private NamedUuid() {}

  /**
   * @param format the dialect's
   * @param identity the values that no other record of that organization has all of
   */
  public static UUID of(String format, int rmOrgId, List<String> identity) {
    ByteArrayOutputStream name = new ByteArrayOutputStream();
    add(format, name);
    add(Integer.toString(rmOrgId), name);
    identity.forEach(value -> add(value, name));
    return versionFive(WAYBILL, name.toByteArray());
  }

  /** With its length before it, so that no two lists run into the same name. */
  private static void add(String value, ByteArrayOutputStream name) {
    byte[] bytes = value.getBytes(StandardCharsets.UTF_8);
    name.writeBytes((bytes.length + ":").getBytes(StandardCharsets.US_ASCII));
    name.writeBytes(bytes);
  }

  /** RFC 9562, section 5.5. */
  static UUID versionFive(UUID namespace, byte[] name) {
    MessageDigest sha1 = sha1();
    sha1.update(Uuids.bytes(namespace));
    byte[] hash = sha1.digest(name);
    ByteBuffer uuid = ByteBuffer.wrap(hash);
    uuid.put(6, (byte) ((hash[6] & 0x0F) | 0x50));
    uuid.put(8, (byte) ((hash[8] & 0x3F) | 0x80));
    return new UUID(uuid.getLong(), uuid.getLong());
  }

  private static MessageDigest sha1() {
    try {
      return MessageDigest.getInstance("SHA-1");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("Every Java has SHA-1.", e);
    }
  }
}
