package org.waybill.collect;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import jakarta.json.Json;
import jakarta.json.JsonObject;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.time.Clock;
import java.time.ZoneOffset;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.waybill.access.Caller;
import org.waybill.access.Role;
import org.waybill.document.CdrStream;
import org.waybill.testing.Relay;
import org.waybill.testing.TestDatabase;

class CdrBatchTest {
  private static final Clock CLOCK = Clock.fixed(SomeCdrs.NOW, ZoneOffset.UTC);
  private static final int MAX_BYTES = 100_000;

  private final TestDatabase db = TestDatabase.fresh();
  private final Relay relay = new Relay(db);
  private final SomeIntake some = new SomeIntake(db, relay.database(), CLOCK);

  @AfterEach
  void stop() throws InterruptedException {
    some.stop();
    relay.close();
  }

  @Test
  void takesManyMembersUnderOneRoot() throws IOException {
    String members =
        IntStream.range(0, 2_000)
            .mapToObj(i -> SomeIntake.xml(UUID.randomUUID(), 1001))
            .collect(Collectors.joining("\n"));
    JsonObject answer = take("<export>" + members + "</export>");

    assertThat(answer)
        .isEqualTo(
            Json.createReader(
                    new ByteArrayInputStream(
                        """
                        {"received":2000,"stored":2000,"duplicates":0,"rejected":0,"results":[]}"""
                            .getBytes(UTF_8)))
                .readObject());
  }

  @Test
  void listsEachMemberThatWasNotNewlyStored() throws IOException {
    UUID uuid = UUID.randomUUID();
    String good = SomeIntake.xml(uuid, 1001);
    JsonObject answer =
        take(
            good
                + "\n<?xml version=\"1.0\"?>"
                + good
                + "<cdr><data>"
                + SomeIntake.xml(UUID.randomUUID(), 7)
                + SomeIntake.xml(UUID.randomUUID(), 1001)
                + "<cdr>"
                + "x".repeat(MAX_BYTES)
                + "</cdr>"
                + SomeIntake.xml(UUID.randomUUID(), 1001).replace("<uuid>", "<uuid>?"));

    assertThat(answer.getInt("received")).isEqualTo(7);
    assertThat(answer.getInt("stored")).isEqualTo(2);
    assertThat(answer.getInt("duplicates")).isEqualTo(1);
    assertThat(answer.getInt("rejected")).isEqualTo(4);
    assertThat(answer.getJsonArray("results").getValuesAs(JsonObject.class))
        .extracting(
            result -> result.getInt("position"),
            result -> result.getString("outcome"),
            result -> result.getString("reason", ""))
        .containsExactlyInAnyOrder(
            tuple(2, "duplicate", ""),
            tuple(3, "rejected", "NOT_WELL_FORMED"),
            tuple(4, "rejected", "FORBIDDEN_ORGANIZATION"),
            tuple(6, "rejected", "TOO_LARGE"),
            tuple(7, "rejected", "INVALID"));
    JsonObject foreign = resultOf(4, answer).getJsonArray("violations").getJsonObject(0);
    assertThat(foreign.getInt("line")).isEqualTo(1);
    assertThat(foreign.getInt("column"))
        .isEqualTo(SomeIntake.xml(UUID.randomUUID(), 7).indexOf("<rmOrgID>") + 1);
    JsonObject invalid = resultOf(7, answer);
    assertThat(some.documents.find(invalid.getInt("rejectedId")).orElseThrow().violationsJson())
        .isEqualTo(invalid.getJsonArray("violations"));
    assertThat(answer.getJsonArray("results").toString()).contains(uuid.toString());
  }

  private static JsonObject resultOf(int position, JsonObject answer) {
    return answer.getJsonArray("results").getValuesAs(JsonObject.class).stream()
        .filter(result -> result.getInt("position") == position)
        .findFirst()
        .orElseThrow();
  }

  @Test
  void answersMoreResultsThanItHoldsInMemory() throws IOException {
    String good = SomeIntake.xml(UUID.randomUUID(), 1001);
    JsonObject answer = take(good.repeat(5_000));

    assertThat(answer.getInt("duplicates")).isEqualTo(4_999);
    assertThat(answer.getJsonArray("results")).hasSize(4_999);
  }

  @Test
  void stopsWithTheCountsSoFarWhenTheDatabaseGoesAway() throws IOException {
    try (BatchResults results = new BatchResults()) {
      CdrBatch batch = batch(results);
      boolean all = batch.takeAll(new CdrStream(endless(), null, MAX_BYTES));

      assertThat(all).isFalse();
      assertThat(batch.counts().stored()).isGreaterThan(0);
      assertThat(batch.counts().received()).isEqualTo(batch.counts().stored());
    }
  }

  /** Documents without end; the database is cut off after some thousands of them. */
  private InputStream endless() {
    return new InputStream() {
      private int given;
      private InputStream document = InputStream.nullInputStream();

      @Override
      public int read() throws IOException {
        int next = document.read();
        if (next >= 0) {
          return next;
        }
        if (++given == 3_000) {
          relay.cut();
        }
        document =
            new ByteArrayInputStream(SomeIntake.xml(UUID.randomUUID(), 1001).getBytes(UTF_8));
        return document.read();
      }

      @Override
      public int read(byte[] into, int offset, int length) throws IOException {
        if (length == 0) {
          return 0;
        }
        int first = read();
        into[offset] = (byte) first;
        return 1 + Math.max(0, document.read(into, offset + 1, length - 1));
      }
    };
  }

  private JsonObject take(String body) throws IOException {
    try (BatchResults results = new BatchResults()) {
      CdrBatch batch = batch(results);
      InputStream in = new ByteArrayInputStream(body.getBytes(UTF_8));
      assertThat(batch.takeAll(new CdrStream(in, null, MAX_BYTES))).isTrue();
      ByteArrayOutputStream out = new ByteArrayOutputStream();
      results.writeTo(out, batch.counts().json(false));
      return Json.createReader(new ByteArrayInputStream(out.toByteArray())).readObject();
    }
  }

  private CdrBatch batch(BatchResults results) {
    Caller caller = new Caller("switch-1", Set.of(Role.SWITCH), Set.of(1001));
    return new CdrBatch(
        some.intake, some.keeping, new CdrBatch.Settings(CLOCK, MAX_BYTES), caller, results);
  }
}
