package org.waybill.collect;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import jakarta.json.Json;
import jakarta.json.JsonObject;
import jakarta.json.JsonReader;
import java.io.InputStream;
import java.io.PipedInputStream;
import java.io.PipedOutputStream;
import java.io.StringReader;
import java.net.http.HttpClient;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
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
  private static final Duration PATIENCE = Duration.ofSeconds(30);
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
    PipedOutputStream out = new PipedOutputStream();
    CompletableFuture<HttpResponse<String>> answer = startBatch(new PipedInputStream(out, 1 << 20));
    out.write(("<all>" + String.join("\n", members.subList(0, 50))).getBytes(UTF_8));
    out.flush();
    awaitStored(before + 49); // the end of the last one is not known yet
    RELAY.cut();
    out.write((String.join("\n", members.subList(50, 60)) + "</all>").getBytes(UTF_8));
    out.close();
    HttpResponse<String> broken = answer.get(1, TimeUnit.MINUTES);
    RELAY.mend();
    assertThat(broken.statusCode()).as(broken.body()).isEqualTo(503);
    assertThat(broken.headers().firstValue("Retry-After")).isPresent();
    int soFar = json(broken).getInt("stored");
    assertThat(soFar).isBetween(49, 50);
    assertThat(json(broken).getInt("received")).isEqualTo(soFar);

    awaitReady();
    HttpResponse<String> again = batchUntilTaken("<all>" + String.join("\n", members) + "</all>");
    assertThat(again.statusCode()).as(again.body()).isEqualTo(200);
    assertThat(json(again).getInt("received")).isEqualTo(60);
    assertThat(json(again).getInt("stored") + json(again).getInt("duplicates")).isEqualTo(60);
    assertThat(json(again).getInt("duplicates")).isGreaterThanOrEqualTo(soFar);
    assertThat(stored()).isEqualTo(before + 60);
  }

  private static CompletableFuture<HttpResponse<String>> startBatch(InputStream body) {
    return HttpClient.newHttpClient()
        .sendAsync(
            SERVER
                .request("/api/cdrs/batch")
                .header("Content-Type", XML)
                .POST(BodyPublishers.ofInputStream(() -> body))
                .build(),
            BodyHandlers.ofString());
  }

  /** Twice, since the second one meets what the first one has found out. */
  private static void assertIsSentAwayInTime(String document) {
    for (int i = 0; i < 2; i++) {
      Instant began = Instant.now();
      HttpResponse<String> answer = post(document);
      Duration took = Duration.between(began, Instant.now());
      assertThat(answer.statusCode()).as(answer.body()).isEqualTo(503);
      assertThat(answer.headers().firstValue("Retry-After")).isPresent();
      assertThat(took).isLessThan(Duration.ofMillis(2_500));
    }
    assertThat(SERVER.get("/health/live").statusCode()).isEqualTo(200);
    assertThat(SERVER.get("/health/ready").statusCode()).isEqualTo(503);
  }

  private static void assertIsTakenAgain(String document) throws InterruptedException {
    awaitReady();
    int before = stored();
    HttpResponse<String> answer = SERVER.postCdr(document);
    assertThat(answer.statusCode()).as(answer.body()).isIn(200, 201);
    assertThat(stored()).isEqualTo(before + (answer.statusCode() == 201 ? 1 : 0));
    assertThat(SERVER.postCdr(document).statusCode()).isEqualTo(200);
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

  private static JsonObject json(HttpResponse<String> answer) {
    try (JsonReader reader = Json.createReader(new StringReader(answer.body()))) {
      return reader.readObject();
    }
  }
}
