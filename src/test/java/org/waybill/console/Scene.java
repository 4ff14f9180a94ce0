package org.waybill.console;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import jakarta.json.JsonObject;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.function.BooleanSupplier;
import org.waybill.cdr.TableSuffix;
import org.waybill.testing.Client;
import org.waybill.testing.GatewaySink;
import org.waybill.testing.WaybillServer;

/**
 * What there is to see on a server of a bad night: calls of two organizations, a gateway that
 * answers, one that is away, one that refuses all it is sent, and documents that could not become a
 * CDR.
 */
final class Scene implements AutoCloseable {
  static final String PASSWORD = "a long enough one";

  private static final Path RAW = Path.of("src/test/resources/freeswitch/control-characters.xml");
  private static final int CALLS = 12;

  private final GatewaySink takes = new GatewaySink();
  private final HttpServer refuses;
  private final WaybillServer server;
  final Client admin;

  Scene(WaybillServer server) throws IOException {
    this.server = server;
    admin = Client.nobody(server.uri("/")).user("admin", WaybillServer.ADMIN_PASSWORD);
    refuses = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    refuses.createContext(
        "/",
        exchange -> {
          exchange.getRequestBody().readAllBytes();
          byte[] answer = "{\"error\":\"no such customer\"}".getBytes(StandardCharsets.UTF_8);
          exchange.sendResponseHeaders(422, answer.length);
          exchange.getResponseBody().write(answer);
          exchange.close();
        });
    refuses.start();
    fill();
  }

  private void fill() throws IOException {
    post(
        "organizations", "{\"id\":1001,\"name\":\"Harbour Hotels\",\"timeZone\":\"Europe/Paris\"}");
    post("organizations", "{\"id\":1002,\"name\":\"Northern Cargo\"}");
    post(
        "users",
        "{\"name\":\"rita\",\"password\":\"%s\",\"roles\":[\"reader\"]}".formatted(PASSWORD));
    post(
        "users",
        "{\"name\":\"olive\",\"password\":\"%s\",\"roles\":[\"operator\"]}".formatted(PASSWORD));
    post("keys", "{\"name\":\"pbx-paris-1\",\"roles\":[\"switch\"]}");
    post("gateways", gateway("storage", takes.url().toString(), ""));
    post("gateways", gateway("analytics", "http://127.0.0.1:9/in", ""));
    String refusing = "http://127.0.0.1:" + refuses.getAddress().getPort() + "/in";
    post("gateways", gateway("storage", refusing, ",\"rmOrgID\":1002"));
    post(
        "task-rules",
        """
        {"rmOrgID":1001,"when":{"call_direction":"inbound","hangup_cause":"NO_ANSWER"},
         "task":{"type":"SendEmail","fields":{"template":"missed-call","recipient":"desk@example.org"}}}
        """);
    for (int i = 0; i < CALLS; i++) {
      call(i);
    }
    send("/api/cdrs", document(1001, 99, "").replace("<StartEpoch>", "<StartEpoch>late "));
    send("/api/cdrs", document(4004, 98, ""));
    send("/api/collect/freeswitch", Files.readString(RAW));
  }

  /** One more call, of the organizations in turn. */
  UUID call(int number) {
    // Only what waits for no other gateway can fail.
    String xml =
        number % 3 == 2 ? document(1002, number, task(0)) : document(1001, number, task(1));
    // A repeat after a 503 may find it stored.
    assertThat(server.postCdr(xml).statusCode()).isIn(200, 201);
    return UUID.fromString(xml.substring(xml.indexOf("<uuid>") + 6, xml.indexOf("</uuid>")));
  }

  /** The ids of failed tasks, once there are some. */
  List<Integer> failed() {
    await(() -> !items("/api/tasks?state=failed").isEmpty());
    return items("/api/tasks?state=failed").stream().map(task -> task.getInt("id")).toList();
  }

  List<JsonObject> items(String path) {
    return admin.get(path).json().getJsonArray("items").getValuesAs(JsonObject.class);
  }

  static void await(BooleanSupplier condition) {
    long end = System.nanoTime() + 60_000_000_000L;
    while (!condition.getAsBoolean()) {
      assertThat(System.nanoTime()).isLessThan(end);
      pause();
    }
  }

  private void post(String room, String json) {
    assertThat(admin.post("/api/" + room, json).status()).as(json).isEqualTo(201);
  }

  private void send(String path, String xml) {
    assertThat(admin.send("POST", path, "application/xml", xml).status()).isIn(200, 201, 202, 422);
  }

  private static String gateway(String kind, String url, String more) {
    return "{\"kind\":\"%s\",\"url\":\"%s\"%s}".formatted(kind, url, more);
  }

  private static String task(int analyticsItems) {
    return """
    <task type="CDRToSGAPI" priority="high"><rmDispStoreItems>1</rmDispStoreItems>\
    <rmAnalyticsItems>%d</rmAnalyticsItems></task>"""
        .formatted(analyticsItems);
  }

  private static String document(int organization, int number, String tasks) {
    long start = Instant.now().getEpochSecond() - 600L * number;
    String cause = List.of("NORMAL_CLEARING", "USER_BUSY", "NO_ANSWER").get(number % 3);
    return """
    <cdr><data><uuid>%s</uuid><StartEpoch>%d</StartEpoch><TableSuffix>%s</TableSuffix>\
    <rmOrgID>%d</rmOrgID><variables><caller_id_number>+3314268%04d</caller_id_number>\
    <destination_number>+4930%05d</destination_number><call_direction>%s</call_direction>\
    <billsec>%d</billsec><hangup_cause>%s</hangup_cause></variables></data><tasks>%s</tasks></cdr>
    """
        .formatted(
            UUID.randomUUID(),
            start,
            TableSuffix.ofEpochSecond(start),
            organization,
            number * 37 % 10_000,
            number * 911 % 100_000,
            number % 2 == 0 ? "inbound" : "outbound",
            number % 3 == 0 ? number * 41 : 0,
            cause,
            tasks);
  }

  private static void pause() {
    try {
      Thread.sleep(50);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  @Override
  public void close() {
    refuses.stop(0);
    takes.close();
  }
}
