package org.waybill.collect;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import jakarta.json.Json;
import jakarta.json.JsonObject;
import jakarta.json.JsonReader;
import java.io.IOException;
import java.io.OutputStream;
import java.io.StringReader;
import java.net.HttpURLConnection;
import java.net.URL;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.waybill.testing.Relay;
import org.waybill.testing.SampleCdr;
import org.waybill.testing.TestDatabase;
import org.waybill.testing.WaybillServer;

/** The database goes away under a running server, and comes back. */
class OutageIT {
  private static final String XML = "application/xml";
  private static final Duration PATIENCE = Duration.ofMinutes(2);
  private static final TestDatabase DATABASE = TestDatabase.fresh();
  private static final Relay RELAY = new Relay(DATABASE);
  private static final WaybillServer SERVER = WaybillServer.named("outage").on(DATABASE, RELAY);

  @BeforeAll
  static void start() {
    DATABASE.execute(SampleCdr.ORGANIZATION);
    SERVER.start();
    assertThat(post(document()).statusCode()).isEqualTo(201);
  }

  @AfterAll
  static void stop() {
    SERVER.close();
    RELAY.close();
  }

  @Test
  void answersLaterInTimeWhileTheDatabaseIsGoneAndTakesTheSameOnceItIsBack() throws Exception {
    String document = document();
    RELAY.cut();
    try {
      assertIsSentAwayInTime(document);
    } finally {
      RELAY.mend();
    }
    assertIsTakenAgain(document);
  }

  @Test
  void answersLaterInTimeWhileTheDatabaseHangsAndTakesTheSameOnceItAnswers() throws Exception {
    String document = document();
    RELAY.freeze();
    try {
      assertIsSentAwayInTime(document);
    } finally {
      RELAY.thaw();
    }
    assertIsTakenAgain(document);
  }

  @Test
  void endsABatchWithTheCountsSoFarWhenTheDatabaseGoesAwayAndTakesAllOfItAgain() throws Exception {
    List<String> members = Stream.generate(OutageIT::document).limit(60).toList();
    assertIsTakenAgain(document());
    int before = stored();
    HttpURLConnection batch = startBatch();
    OutputStream out = batch.getOutputStream();
    out.write(("<all>" + String.join("\n", members.subList(0, 50))).getBytes(UTF_8));
    out.flush();
    awaitStored(before + 49); // the end of the last one is not known yet
    RELAY.cut();
    out.write((String.join("\n", members.subList(50, 60)) + "</all>").getBytes(UTF_8));
    out.close();
    assertThat(batch.getResponseCode()).isEqualTo(503);
    RELAY.mend();
    assertThat(batch.getHeaderField("Retry-After")).isNotNull();
    JsonObject broken = json(new String(batch.getErrorStream().readAllBytes(), UTF_8));
    int soFar = broken.getInt("stored");
    assertThat(soFar).isBetween(49, 50);
    assertThat(broken.getInt("received")).isEqualTo(soFar);

    awaitReady();
    HttpResponse<String> again = batchUntilTaken("<all>" + String.join("\n", members) + "</all>");
    assertThat(again.statusCode()).as(again.body()).isEqualTo(200);
    assertThat(json(again.body()).getInt("received")).isEqualTo(60);
    assertThat(json(again.body()).getInt("stored") + json(again.body()).getInt("duplicates"))
        .isEqualTo(60);
    assertThat(json(again.body()).getInt("duplicates")).isGreaterThanOrEqualTo(soFar);
    assertThat(stored()).isEqualTo(before + 60);
  }

  /** What is written to it is sent at once, which java.net.http does not promise. */
  private static HttpURLConnection startBatch() throws IOException {
    URL url = SERVER.uri("/api/cdrs/batch").toURL();
    HttpURLConnection batch = (HttpURLConnection) url.openConnection();
    batch.setDoOutput(true);
    batch.setChunkedStreamingMode(0);
    batch.setRequestProperty("Content-Type", XML);
    SERVER
        .request("/")
        .build()
        .headers()
        .map()
        .forEach((name, values) -> batch.setRequestProperty(name, values.get(0)));
    return batch;
  }

  /** Twice, since the second one meets what the first one has found out. */
  private static void assertIsSentAwayInTime(String document) {
    for (int i = 0; i < 2; i++) {
      Instant began = Instant.now();
      HttpResponse<String> answer = post(document);
      Duration took = Duration.between(began, Instant.now());
      assertThat(answer.statusCode()).as(answer.body()).isEqualTo(503);
      assertThat(answer.headers().firstValue("Retry-After")).isPresent();
      // The deadline is 2 s, a driver's own patience 20 s and more; a busy machine is in between.
      assertThat(took).isLessThan(Duration.ofSeconds(8));
    }
    assertThat(SERVER.get("/health/live").statusCode()).isEqualTo(200);
    assertThat(SERVER.get("/health/ready").statusCode()).isEqualTo(503);
  }

  private static void assertIsTakenAgain(String document) throws InterruptedException {
    awaitReady();
    HttpResponse<String> answer = SERVER.postCdr(document);
    assertThat(answer.statusCode()).as(answer.body()).isIn(200, 201);
    assertThat(SERVER.postCdr(document).statusCode()).isEqualTo(200);
    String uuid = document.substring(document.indexOf("<uuid>") + 6, document.indexOf("</uuid>"));
    String rows = "SELECT COUNT(*) FROM normalized_cdrs WHERE xml LIKE '%" + uuid + "%'";
    assertThat(DATABASE.count(rows)).isEqualTo(1);
    assertThat(DATABASE.count("SELECT COUNT(*) FROM rejected_cdrs")).isZero();
    assertThat(SERVER.errors()).as("The CDR was not at fault.").doesNotContain("WB-INGEST-03");
  }

  private static void awaitReady() throws InterruptedException {
    long end = System.nanoTime() + PATIENCE.toNanos();
    while (SERVER.get("/health/ready").statusCode() != 200 && System.nanoTime() < end) {
      Thread.sleep(50);
    }
    assertThat(SERVER.get("/health/ready").statusCode()).isEqualTo(200);
  }

  private static void awaitStored(int least) throws InterruptedException {
    long end = System.nanoTime() + PATIENCE.toNanos();
    while (stored() < least && System.nanoTime() < end) {
      Thread.sleep(20);
    }
    assertThat(stored()).isGreaterThanOrEqualTo(least);
  }

  private static int stored() {
    return DATABASE.count("SELECT COUNT(*) FROM normalized_cdrs");
  }

  private static String document() {
    return SampleCdr.forGateways(UUID.randomUUID(), 1, 1);
  }

  private static HttpResponse<String> post(String document) {
    return SERVER.post("/api/cdrs", XML, document);
  }

  /** As its sender does; the pool may hold a broken connection still. */
  private static HttpResponse<String> batchUntilTaken(String body) {
    HttpResponse<String> answer = SERVER.post("/api/cdrs/batch", XML, body);
    for (int i = 0; i < 20 && answer.statusCode() == 503; i++) {
      answer = SERVER.post("/api/cdrs/batch", XML, body);
    }
    return answer;
  }

  private static JsonObject json(String body) {
    try (JsonReader reader = Json.createReader(new StringReader(body))) {
      return reader.readObject();
    }
  }
}
