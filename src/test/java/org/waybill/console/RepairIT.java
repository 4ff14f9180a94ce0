package org.waybill.console;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import jakarta.json.JsonObject;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.waybill.cdr.TableSuffix;
import org.waybill.testing.Client;
import org.waybill.testing.WaybillServer;

/** Three in the morning: thousands of tasks have failed for three causes, and the server dies. */
class RepairIT {
  private static final int TASKS = Integer.getInteger("waybill.it.tasks", 8_000);
  private static final List<Integer> CAUSES = List.of(400, 413, 422);

  private final Set<String> delivered = ConcurrentHashMap.newKeySet();
  private final AtomicInteger repeated = new AtomicInteger();
  private final ExecutorService threads = Executors.newFixedThreadPool(32);
  private volatile boolean mended;
  private HttpServer gateway;

  @BeforeEach
  void open() throws IOException {
    gateway = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    gateway.createContext("/", this::take);
    gateway.setExecutor(threads);
    gateway.start();
  }

  @AfterEach
  void close() {
    gateway.stop(0);
    threads.shutdownNow();
  }

  /** As a gateway does that knows a key again. */
  private void take(HttpExchange exchange) throws IOException {
    exchange.getRequestBody().readAllBytes();
    String key = exchange.getRequestHeaders().getFirst("Idempotency-Key");
    int number = Integer.parseInt(key.replaceAll("-.*", ""));
    int status = CAUSES.get(number % CAUSES.size());
    if (mended) {
      status = delivered.add(key) ? 200 : 409;
      repeated.addAndGet(status == 409 ? 1 : 0);
    }
    byte[] answer =
        ("{\"error\":\"cause " + "abc".charAt(number % 3) + " of " + number + "\"}")
            .getBytes(StandardCharsets.UTF_8);
    exchange.sendResponseHeaders(status, answer.length);
    exchange.getResponseBody().write(answer);
    exchange.close();
  }

  @Test
  void reRunsWhatFailedOnceItsCauseIsGoneAndTheServerDiesInTheMiddle() throws Exception {
    String url = "http://127.0.0.1:" + gateway.getAddress().getPort() + "/in";
    try (WaybillServer server =
        WaybillServer.named("repair").with("WAYBILL_STORAGE_GATEWAYS", url).start()) {
      failAll(admin(server));
      List<JsonObject> groups = groups(admin(server));
      assertThat(groups).hasSize(3).allMatch(group -> group.getInt("count") >= TASKS / 3);
      assertThat(groups.get(0).getString("sample")).contains("\"error\":\"cause ");
      String kept = "SELECT BIT_XOR(CRC32(CONCAT(id_tasks, first_error_date))) FROM tasks_error";
      String before = server.database().one(kept);
      mended = true;
      tryFive(admin(server), groups.get(0));

      String operation = reRunTheRest(admin(server));
      int killedAt = await(() -> delivered.size() > TASKS / 8, delivered::size);
      server.killServerOnly();
      assertThat(killedAt).isLessThan(TASKS);
      server.start();
      await(
          () -> state(admin(server), operation).equals("done") && delivered.size() == TASKS,
          () -> server.database().one("SELECT processed FROM operations ORDER BY id DESC"));

      await(() -> left(server) == 0, () -> left(server));
      assertThat(delivered).hasSize(TASKS).allMatch(key -> key.matches("[0-9]+-storage-0"));
      assertThat(repeated.get()).isLessThan(500);
      assertThat(server.database().one(kept)).isEqualTo(before);
      assertThat(server.database().one("SELECT COUNT(*) FROM attempts WHERE outcome = 'failed'"))
          .isEqualTo(Integer.toString(TASKS));
      assertThat(groups(admin(server))).hasSize(3).allMatch(group -> group.getInt("count") == 0);
      assertThat(
              server
                  .database()
                  .one("SELECT COUNT(*) FROM audit_log WHERE reason = 'accounts renewed'"))
          .isEqualTo("2");
    }
  }

  private static Client admin(WaybillServer server) {
    return Client.nobody(server.uri("/")).user("admin", WaybillServer.ADMIN_PASSWORD);
  }

  private static void failAll(Client admin) {
    admin.post("/api/organizations", "{\"id\":1001,\"name\":\"x\"}");
    StringBuilder batch = new StringBuilder("<cdrs>");
    for (int i = 0; i < TASKS; i++) {
      batch.append(document());
    }
    Client.Answer answer =
        admin.send("POST", "/api/cdrs/batch", "application/xml", batch + "</cdrs>");
    assertThat(answer.json().getInt("stored")).as(answer.text()).isEqualTo(TASKS);
    await(() -> count(admin) == TASKS, () -> count(admin));
  }

  private static int count(Client admin) {
    return groups(admin).stream().mapToInt(group -> group.getInt("failed")).sum();
  }

  private static List<JsonObject> groups(Client admin) {
    return admin.get("/api/errors").json().getJsonArray("items").getValuesAs(JsonObject.class);
  }

  private static void tryFive(Client admin, JsonObject group) {
    String filter = "{\"filter\":{\"errorGroup\":\"" + group.getString("fingerprint") + "\"},";
    assertThat(admin.post("/api/tasks/rerun", filter + "\"dryRun\":true}").json())
        .hasToString("{\"matching\":" + group.getInt("count") + "}");
    assertThat(admin.post("/api/tasks/rerun", filter + "\"ratePerSecond\":9}").text())
        .contains("It must be given for " + group.getInt("count") + " at once.");
    Client.Answer started = admin.post("/api/tasks/rerun", filter + "\"limit\":5}");
    assertThat(started.status()).as(started.text()).isEqualTo(202);
    String outcomes = started.header("Location") + "/outcomes";
    await(
        () -> {
          List<JsonObject> items =
              admin.get(outcomes).json().getJsonArray("items").getValuesAs(JsonObject.class);
          return items.size() == 5
              && items.stream()
                  .allMatch(item -> item.getJsonObject("task").getString("state").equals("done"));
        },
        () -> 0);
    assertThat(count(admin)).isEqualTo(TASKS - 5);
  }

  private static String reRunTheRest(Client admin) {
    String body = "{\"filter\":{},\"ratePerSecond\":%d,\"reason\":\"accounts renewed\"}";
    String location = admin.post("/api/tasks/rerun", body.formatted(TASKS / 4)).header("Location");
    return URI.create(location).getPath(); // the port is another one after the restart
  }

  private static String state(Client admin, String operation) {
    return admin.get(operation).json().getString("state");
  }

  private static int left(WaybillServer server) {
    return server.database().count("SELECT COUNT(*) FROM tasks WHERE done <> 'y'")
        + server.database().count("SELECT COUNT(*) FROM deliveries");
  }

  private static <T> T await(BooleanSupplier condition, Supplier<T> how) {
    long until = System.nanoTime() + Duration.ofMinutes(5).toNanos();
    while (!condition.getAsBoolean()) {
      assertThat(System.nanoTime()).as(String.valueOf(how.get())).isLessThan(until);
      try {
        Thread.sleep(50);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new IllegalStateException(e);
      }
    }
    return how.get();
  }

  private static String document() {
    long start = Instant.now().getEpochSecond();
    return """
    <cdr><data><uuid>%s</uuid><StartEpoch>%d</StartEpoch><TableSuffix>%s</TableSuffix>\
    <rmOrgID>1001</rmOrgID><variables/></data><tasks><task type="CDRToSGAPI"/></tasks></cdr>
    """
        .formatted(UUID.randomUUID(), start, TableSuffix.ofEpochSecond(start));
  }
}
