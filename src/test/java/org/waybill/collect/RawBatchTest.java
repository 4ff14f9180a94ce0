package org.waybill.collect;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import jakarta.json.Json;
import jakarta.json.JsonObject;
import jakarta.json.JsonReader;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.time.Clock;
import java.time.ZoneOffset;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.waybill.access.Caller;
import org.waybill.access.Role;
import org.waybill.collect.archive.Packing;
import org.waybill.collect.archive.Upload;
import org.waybill.testing.TestDatabase;

class RawBatchTest {
  private static final Clock CLOCK = Clock.fixed(SomeCdrs.NOW, ZoneOffset.UTC);
  private static final int MAX_BYTES = 10_000;
  private static final Caller SWITCH = new Caller("key:pbx", Set.of(Role.SWITCH), Set.of(1001));

  private final TestDatabase db = TestDatabase.fresh();
  private final SomeIntake some = new SomeIntake(db, db.database(), CLOCK);

  @AfterEach
  void stop() throws InterruptedException {
    some.stop();
  }

  @Test
  void saysOfEachFileOfAnArchiveThatIsNotNewWhatCameOfIt() throws IOException {
    UUID uuid = UUID.randomUUID();
    Map<String, byte[]> files = new LinkedHashMap<>();
    files.put("x/a_" + uuid + ".cdr.xml", "words=a".getBytes(UTF_8));
    files.put("x/" + uuid + ".cdr.xml", "words=a".getBytes(UTF_8));
    files.put("x/" + UUID.randomUUID() + ".cdr.xml", "org=7".getBytes(UTF_8));
    files.put("x/large.cdr.xml", new byte[MAX_BYTES + 1]);
    JsonObject answer = take(Packing.zip(files));

    assertThat(answer.getInt("received")).isEqualTo(4);
    assertThat(answer.getInt("stored")).isEqualTo(1);
    assertThat(answer.getInt("duplicates")).isEqualTo(1);
    assertThat(answer.getInt("rejected")).isEqualTo(2);
    assertThat(answer.getInt("repaired")).isEqualTo(1);
    assertThat(answer.getJsonArray("results").getValuesAs(JsonObject.class))
        .extracting(result -> result.getString("name") + " " + result.getString("outcome"))
        .contains("x/" + uuid + ".cdr.xml duplicate", "x/large.cdr.xml rejected");
  }

  @Test
  void takesALineADocument() throws IOException {
    String lines = "uuid=" + UUID.randomUUID() + "\nuuid=" + UUID.randomUUID() + "\n";
    JsonObject answer = take(lines.getBytes(UTF_8));
    assertThat(answer.getInt("stored")).isEqualTo(2);
  }

  @Test
  void knowsTheAddressesOfBatches() {
    assertThat(RawBatchDoor.format("/api/collect/freeswitch/batch")).isEqualTo("freeswitch");
    assertThat(RawBatchDoor.format("/api/collect/freeswitch")).isNull();
    assertThat(RawBatchDoor.format("/api/collect/batch")).isNull();
    assertThat(RawBatchDoor.format("/api/collect/a/b/batch")).isNull();
  }

  private JsonObject take(byte[] upload) throws IOException {
    try (BatchResults results = new BatchResults()) {
      RawBatch batch =
          new RawBatch(
              some.intake,
              some.keeping,
              CLOCK,
              new RawBatch.Origin(SomeDialect.FORMAT, SWITCH),
              results);
      boolean all =
          batch.takeAll(Upload.open(new ByteArrayInputStream(upload), MAX_BYTES), MAX_BYTES);
      assertThat(all).isTrue();
      ByteArrayOutputStream out = new ByteArrayOutputStream();
      results.writeTo(out, batch.counts().json(true));
      try (JsonReader reader = Json.createReader(new ByteArrayInputStream(out.toByteArray()))) {
        return reader.readObject();
      }
    }
  }
}
