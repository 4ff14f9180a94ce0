package org.waybill.console;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.json.JsonObject;
import java.time.Duration;
import java.time.Instant;
import java.util.UUID;
import java.util.function.Predicate;
import org.junit.jupiter.api.Test;
import org.waybill.cdr.TableSuffix;
import org.waybill.testing.Client;
import org.waybill.testing.WaybillServer;

/** What operators do to all that match, by HTTP against the jar. */
class OperationIT {
  private static final int DOCUMENTS = 5_000;

  private final WaybillServer server = WaybillServer.shared();
  private final Client admin =
      Client.nobody(server.uri("/")).user("admin", WaybillServer.ADMIN_PASSWORD);

  @Test
  void resubmitsFiveThousandDocumentsOnceTheirCauseIsGone() {
    int organization = 88_001;
    reject(organization, DOCUMENTS);
    String filter = "{\"orgId\":" + organization + "}";
    JsonObject cause =
        admin
            .get("/api/rejected-cdrs/causes?orgId=" + organization)
            .json()
            .getJsonArray("items")
            .getJsonObject(0);
    assertThat(cause.getInt("count")).isEqualTo(DOCUMENTS);
    assertThat(cause.getString("sample")).contains("not a known, active organization");
    String path = "/api/rejected-cdrs/resubmit";
    assertThat(admin.post(path, "{\"filter\":" + filter + ",\"dryRun\":true}").json())
        .hasToString("{\"matching\":" + DOCUMENTS + "}");
    assertThat(admin.post(path, "{\"filter\":" + filter + "}").text())
        .contains("It must be given for 5000 at once.");
    assertThat(admin.post(path, "{}").status()).isEqualTo(422);
    add(organization);

    Client.Answer started =
        admin.post(path, "{\"filter\":" + filter + ",\"reason\":\"it was missing\"}");
    assertThat(started.status()).isEqualTo(202);
    String operation = started.header("Location");
    JsonObject done = await(operation, state -> state.equals("done"));
    assertThat(done.getInt("succeeded")).as(done.toString()).isEqualTo(DOCUMENTS);
    assertThat(done.getString("by")).isEqualTo("admin");
    assertThat(admin.get("/api/rejected-cdrs?state=open&orgId=" + organization).text())
        .contains("\"items\":[]");
    assertThat(admin.get("/api/cdrs?limit=1000&orgId=" + organization).json().getJsonArray("items"))
        .hasSize(1000);
    JsonObject outcomes = admin.get(operation + "/outcomes?outcome=ok&limit=2").json();
    assertThat(outcomes.getString("next")).isEqualTo("2");
    assertThat(admin.post(operation + "/cancel", "").status()).isEqualTo(409);
  }

  @Test
  void holdsLetsGoAndEndsADiscardAtARate() {
    int organization = 88_002;
    reject(organization, 150);
    String body =
        """
        {"filter":{"orgId":%d,"reason":"UNKNOWN_ORGANIZATION"},"ratePerSecond":10,
         "reason":"a test"}
        """
            .formatted(organization);
    String operation = admin.post("/api/rejected-cdrs/discard", body).header("Location");
    assertThat(admin.post(operation + "/pause", "").json().getString("state")).isEqualTo("paused");
    assertThat(admin.post(operation + "/pause", "").status()).isEqualTo(409);
    assertThat(admin.post(operation + "/resume", "").json().getString("state"))
        .isEqualTo("running");
    JsonObject cancelled = admin.post(operation + "/cancel", "").json();
    assertThat(cancelled.getInt("processed")).isLessThan(150);
    assertThat(admin.get("/api/operations?state=cancelled&kind=rejected.discard").text())
        .contains("\"reason\":\"a test\"");
  }

  @Test
  void reRunsTasksInBulk() {
    int organization = 88_003;
    add(organization);
    String filter = "{\"orgId\":" + organization + ",\"state\":\"cancelled\"}";
    for (int i = 0; i < 3; i++) {
      assertThat(server.postCdr(document(organization)).statusCode()).isIn(200, 201);
    }
    admin
        .get("/api/tasks?orgId=" + organization)
        .json()
        .getJsonArray("items")
        .getValuesAs(JsonObject.class)
        .forEach(task -> admin.post("/api/tasks/" + task.getInt("id") + "/cancel", ""));
    Client.Answer started = admin.post("/api/tasks/rerun", "{\"filter\":" + filter + "}");
    assertThat(started.status()).as(started.text()).isEqualTo(202);
    JsonObject done = await(started.header("Location"), state -> state.equals("done"));
    assertThat(done.getInt("succeeded")).isEqualTo(3);
    String pending = "/api/tasks?state=pending&orgId=" + organization;
    assertThat(admin.get(pending).json().getJsonArray("items")).hasSize(3);
    assertThat(
            admin
                .post("/api/tasks/rerun", "{\"filter\":{\"state\":\"done\",\"limit\":3}}")
                .json()
                .getJsonArray("violations"))
        .hasSize(2);
  }

  /** Many at once, as a batch. */
  private void reject(int organization, int count) {
    StringBuilder batch = new StringBuilder("<cdrs>");
    for (int i = 0; i < count; i++) {
      batch.append(document(organization));
    }
    batch.append("</cdrs>");
    Client.Answer answer =
        admin.send("POST", "/api/cdrs/batch", "application/xml", batch.toString());
    assertThat(answer.json().getInt("rejected")).isEqualTo(count);
  }

  private void add(int organization) {
    admin.post("/api/organizations", "{\"id\":%d,\"name\":\"x\"}".formatted(organization));
  }

  private JsonObject await(String operation, Predicate<String> state) {
    long until = System.nanoTime() + Duration.ofMinutes(2).toNanos();
    while (true) {
      JsonObject now = admin.get(operation).json();
      if (state.test(now.getString("state"))) {
        return now;
      }
      assertThat(System.nanoTime()).as(now.toString()).isLessThan(until);
      pause();
    }
  }

  private static void pause() {
    try {
      Thread.sleep(100);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static String document(int organization) {
    long start = Instant.now().getEpochSecond();
    return """
    <cdr><data><uuid>%s</uuid><StartEpoch>%d</StartEpoch><TableSuffix>%s</TableSuffix>\
    <rmOrgID>%d</rmOrgID><variables/></data><tasks><task type="CDRToSGAPI"/></tasks></cdr>
    """
        .formatted(UUID.randomUUID(), start, TableSuffix.ofEpochSecond(start), organization);
  }
}
