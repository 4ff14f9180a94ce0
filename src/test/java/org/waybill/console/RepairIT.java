package org.waybill.console;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.json.JsonObject;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
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

  private MendableGateway gateway;

  @BeforeEach
  void open() throws IOException {
    gateway = new MendableGateway();
  }

  @AfterEach
  void close() {
    gateway.close();
  }

  @Test
  void reRunsWhatFailedOnceItsCauseIsGoneAndTheServerDiesInTheMiddle() throws Exception {
    try (WaybillServer server =
        WaybillServer.named("repair").with("WAYBILL_STORAGE_GATEWAYS", gateway.url()).start()) {
      failAll(admin(server));
      List<JsonObject> groups = groups(admin(server));
      assertThat(groups).hasSize(3).allMatch(group -> group.getInt("count") >= TASKS / 3);
      assertThat(groups.get(0).getString("sample")).contains("\"error\":");
      String kept = "SELECT BIT_XOR(CRC32(CONCAT(id_tasks, first_error_date))) FROM tasks_error";
      String before = server.database().one(kept);
      gateway.mend();
      tryFive(admin(server), groups.get(0));

      String operation = reRunTheRest(admin(server));
      int killedAt = await(() -> gateway.delivered().size() > TASKS / 8, gateway.delivered()::size);
      server.killServerOnly();
      assertThat(killedAt).isLessThan(TASKS);
      server.start();
      await(
          () ->
              state(admin(server), operation).equals("done") && gateway.delivered().size() == TASKS,
          () -> server.database().one("SELECT processed FROM operations ORDER BY id DESC"));

      await(() -> left(server) == 0, () -> left(server));
      assertThat(gateway.delivered())
          .hasSize(TASKS)
          .allMatch(key -> key.matches("[0-9]+-storage-0"));
      assertThat(gateway.repeated()).isLessThan(500);
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
