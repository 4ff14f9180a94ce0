package org.waybill.collect;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.waybill.cdr.Cdr;
import org.waybill.cdr.ContentHash;
import org.waybill.cdr.NewCdr;
import org.waybill.cdr.NewRaw;
import org.waybill.cdr.PackedBytes;
import org.waybill.cdr.TableSuffix;
import org.waybill.cdr.Variable;
import org.waybill.task.Field;
import org.waybill.task.NewTask;
import org.waybill.task.Priority;

/** CDRs and tasks to store. */
final class SomeCdrs {
  static final Instant NOW = Instant.parse("2026-11-21T12:00:00.123Z");
  static final long TODAY = NOW.getEpochSecond();

  private SomeCdrs() {}

  static NewCdr cdr(UUID uuid) {
    return cdr(uuid, "the same words", TODAY);
  }

  static NewCdr cdr(UUID uuid, String words, long startEpoch) {
    Cdr cdr =
        new Cdr(
            uuid,
            -300,
            startEpoch,
            TableSuffix.ofEpochSecond(startEpoch),
            null,
            1001,
            "user_42",
            List.of(
                new Variable("caller_id_number", "+15551234567"), new Variable("billsec", "245")));
    String xml = "<cdr><data><uuid>" + uuid + "</uuid><!--" + words + "--></data></cdr>";
    return new NewCdr(cdr, xml, sha256(uuid + words), "cdr-normalized", NOW);
  }

  static NewCdr withRaw(UUID uuid, byte[] bytes) {
    NewCdr cdr = cdr(uuid);
    NewRaw raw = new NewRaw(PackedBytes.of(bytes), "text/xml", "a_" + uuid, 1, "[]", "key:pbx");
    return new NewCdr(cdr.cdr(), cdr.xml(), cdr.contentHash(), cdr.source(), cdr.receivedAt(), raw);
  }

  static NewTask sgapi() {
    return new NewTask(
        "CDRToSGAPI",
        Priority.HIGH,
        List.of(new Field("rmDispStoreItems", "1"), new Field("rmAnalyticsItems", "1")),
        "<task type=\"CDRToSGAPI\"/>");
  }

  /** One that no column takes. */
  static NewTask poison() {
    return new NewTask("X".repeat(65), Priority.LOW, List.of(), "<task/>");
  }

  private static ContentHash sha256(String text) {
    try {
      return new ContentHash(
          MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8)));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }
}
