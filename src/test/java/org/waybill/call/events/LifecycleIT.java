package org.waybill.call.events;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import jakarta.json.Json;
import jakarta.json.JsonObject;
import jakarta.json.JsonReader;
import java.io.IOException;
import java.io.StringReader;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeoutException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.waybill.normalize.lifecycle.LifecycleDialect;
import org.waybill.testing.GatewaySink;
import org.waybill.testing.RabbitMq;
import org.waybill.testing.TestDatabase;
import org.waybill.testing.WaybillServer;

/** Lifecycle events from a real broker to a gateway, while one after the other of them dies. */
@Tag("any-database")
class LifecycleIT {
  private static final Duration PATIENCE = Duration.ofMinutes(2);
  private static final Pattern UUID_IN_BODY = Pattern.compile("\"uuid\":\"([0-9a-f-]{36})\"");
  private static final int CALLS = 400;

  private static final GatewaySink STORAGE = new GatewaySink();
  private static final WaybillServer SERVER = WaybillServer.named("lifecycle");

  @SuppressWarnings("NullAway.Init") // before all
  private static RabbitMq broker;

  @BeforeAll
  static void start() throws Exception {
    broker = RabbitMq.started();
    SERVER
        .with("WAYBILL_AMQP_URL", broker.url().toString())
        .with("WAYBILL_CALL_GRACE", "PT1S")
        .with("WAYBILL_STORAGE_GATEWAYS", STORAGE.url().toString())
        .start();
    String organization = "{\"id\":1001,\"name\":\"Example\",\"tenant\":\"acme\"}";
    assertThat(SERVER.post("/api/organizations", "application/json", organization).statusCode())
        .isEqualTo(201);
    long end = System.nanoTime() + PATIENCE.toNanos();
    while (!SERVER.get("/metrics").body().contains("waybill_amqp_connected 1")
        && System.nanoTime() < end) {
      Thread.sleep(100);
    }
  }

  @AfterAll
  static void stop() {
    SERVER.close();
    STORAGE.close();
    if (broker != null) { // it is not installed
      broker.close();
    }
  }

  @Test
  void showsACallAndItsEventsFromTheFirstOneOn() throws Exception {
    String id = "a84b4c76e66710@gw/1.example";
    publish(List.of(SomeEvents.started(id, "acme")));
    awaitCount("SELECT COUNT(*) FROM call_events WHERE call_id = '" + id + "'", 1);
    JsonObject begun = json(SERVER.get("/api/calls/a84b4c76e66710@gw/1.example"));
    assertThat(begun.getString("status")).isEqualTo("STARTED");
    assertThat(begun.isNull("uuid")).isTrue();

    Message started = SomeEvents.started(id, "acme");
    publish(List.of(SomeEvents.ended(id, "busy"), started, SomeEvents.answered(id)));
    awaitCount("SELECT COUNT(*) FROM calls WHERE uuid IS NOT NULL AND call_id = '" + id + "'", 1);
    JsonObject call = json(SERVER.get("/api/calls/a84b4c76e66710@gw/1.example"));
    String uuid = LifecycleDialect.uuid(1001, id).toString();
    assertThat(call.getString("uuid")).isEqualTo(uuid);
    assertThat(call.getString("disposition")).isEqualTo("ANSWERED");
    JsonObject events = json(SERVER.get("/api/calls/a84b4c76e66710@gw/1.example/events"));
    assertThat(events.getJsonArray("items").getValuesAs(JsonObject.class))
        .extracting(event -> event.getString("eventType"))
        .containsExactly("call.started", "call.ended", "call.answered");
    assertThat(events.getJsonArray("items").getJsonObject(0).getString("body"))
        .isEqualTo(new String(started.body(), UTF_8));
    JsonObject cdr = json(SERVER.get("/api/cdrs/" + uuid));
    assertThat(cdr.getJsonObject("variables").getString("billsec")).isEqualTo("60");
    assertThat(cdr.getString("source")).isEqualTo("lifecycle");
    JsonObject trace = json(SERVER.get("/api/cdrs/" + uuid + "/trace"));
    assertThat(trace.getJsonArray("pieces")).hasSize(3);
    assertThat(SERVER.get("/cdrs/" + uuid).body())
        .contains("put together from 3 pieces", "call.answered");
    assertThat(json(SERVER.get("/api/calls?orgId=1001&status=completed")).getJsonArray("items"))
        .isNotEmpty();
    assertThat(SERVER.get("/api/calls/nobody").statusCode()).isEqualTo(404);
    assertThat(SERVER.get("/metrics").body()).contains("waybill_amqp_connected 1");
  }

  @Test
  void losesNothingAndDoublesNothingWhileEachOfThemDiesInTurn() throws Exception {
    Thread publisher = new Thread(LifecycleIT::publishAll);
    publisher.start();
    awaitCalls(20);
    broker.kill();
    broker.start();
    awaitCalls(60);
    SERVER.databaseProcess().ifPresent(ProcessHandle::destroyForcibly); // if it is ours to kill
    Thread.sleep(2_000);
    SERVER.killServerOnly();
    SERVER.start();
    awaitCalls(200);
    SERVER.kill();
    SERVER.start();
    publisher.join(PATIENCE.toMillis());
    awaitCount("SELECT COUNT(*) FROM call_events WHERE call_id LIKE 'load-%'", 5 * CALLS);
    awaitCount(
        "SELECT COUNT(*) FROM calls WHERE call_id LIKE 'load-%' AND recorded_revision = 5", CALLS);

    assertThat(count("SELECT COUNT(*) FROM normalized_cdrs WHERE xml LIKE '%load-%'"))
        .isEqualTo(CALLS);
    assertThat(
            count(
                "SELECT COUNT(*) FROM normalized_cdrs WHERE xml LIKE '%load-%'"
                    + " AND xml LIKE '%<billsec>60<%' AND xml LIKE '%u-7%' AND xml LIKE '%s3://%'"))
        .isEqualTo(CALLS);
    awaitCount("SELECT COUNT(*) FROM tasks WHERE done <> 'y'", 0);
    assertThat(count("SELECT COUNT(*) FROM rejected_cdrs")).isZero();
    Set<String> delivered = delivered();
    for (int i = 0; i < CALLS; i++) {
      assertThat(delivered).contains(LifecycleDialect.uuid(1001, "load-" + i).toString());
    }
    assertThat(broker.waiting("waybill.events")).isZero();
  }

  /** As a platform does that has no confirmation: again. */
  private static void publishAll() {
    for (int i = 0; i < CALLS; i++) {
      List<Message> call = SomeEvents.call("load-" + i, "acme");
      boolean published = false;
      while (!published) {
        try {
          publish(call);
          Thread.sleep(100);
          published = true;
        } catch (IOException | TimeoutException | RuntimeException e) {
          published = false;
        } catch (InterruptedException e) {
          return;
        }
      }
    }
  }

  private static void publish(List<Message> messages)
      throws IOException, InterruptedException, TimeoutException {
    SomeEvents.publish(broker, "sentiric_events", messages);
  }

  private static Set<String> delivered() {
    return STORAGE.received().stream()
        .map(received -> UUID_IN_BODY.matcher(received.body()))
        .filter(Matcher::find)
        .map(matcher -> matcher.group(1))
        .collect(Collectors.toSet());
  }

  private static void awaitCalls(int least) throws InterruptedException {
    long end = System.nanoTime() + PATIENCE.toNanos();
    TestDatabase database = SERVER.database();
    String sql = "SELECT COUNT(*) FROM calls WHERE call_id LIKE 'load-%'";
    while (database.count(sql) < least && System.nanoTime() < end) {
      Thread.sleep(50);
    }
    assertThat(database.count(sql)).isGreaterThanOrEqualTo(least);
  }

  private static void awaitCount(String sql, int wanted) throws InterruptedException {
    assertThat(SERVER.database().awaitCount(sql, wanted, PATIENCE)).as(sql).isEqualTo(wanted);
  }

  private static int count(String sql) {
    return SERVER.database().count(sql);
  }

  private static JsonObject json(HttpResponse<String> answer) {
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
    try (JsonReader reader = Json.createReader(new StringReader(answer.body()))) {
      return reader.readObject();
    }
  }
}
