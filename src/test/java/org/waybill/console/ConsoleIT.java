package org.waybill.console;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.json.JsonObject;
import java.time.Instant;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.waybill.cdr.TableSuffix;
import org.waybill.testing.Client;
import org.waybill.testing.WaybillServer;

class ConsoleIT {
  private static final int ORGANIZATION = 77_001;
  private final WaybillServer server = WaybillServer.shared();
  private final Client admin =
      Client.nobody(server.uri("/")).user("admin", WaybillServer.ADMIN_PASSWORD);

  @Test
  void showsACdrWithItsWayThroughTheHouse() {
    organization();
    UUID uuid = cdr();
    JsonObject cdr = admin.get("/api/cdrs/" + uuid).json();
    assertThat(cdr.getString("uuid")).isEqualTo(uuid.toString());
    assertThat(cdr.getJsonObject("variables").getJsonArray("twice")).hasSize(2);
    Client.Answer xml = admin.get("/api/cdrs/" + uuid, "application/xml");
    assertThat(xml.text()).contains("<uuid>" + uuid + "</uuid>");
    JsonObject trace = admin.get("/api/cdrs/" + uuid + "/trace").json();
    assertThat(trace.getJsonObject("raw").getString("body")).contains(uuid.toString());
    assertThat(trace.getJsonArray("repairs")).isEmpty();
    JsonObject task = trace.getJsonArray("tasks").getJsonObject(0);
    assertThat(task.getJsonArray("deliveries")).hasSize(2);
    JsonObject unhandled = trace.getJsonArray("tasks").getJsonObject(1);
    assertThat(unhandled.getString("waits")).isEqualTo("Nobody handles tasks of type Voicemail.");
  }

  @Test
  void listsCdrsAsPagesAndAsCsv() {
    organization();
    UUID uuid = cdr();
    String query = "/api/cdrs?orgId=" + ORGANIZATION + "&callingNumber=%2B1555*&limit=1";
    JsonObject line = admin.get(query).json().getJsonArray("items").getJsonObject(0);
    assertThat(line.getJsonObject("variables").getString("billsec")).isEqualTo("5");
    String csv = admin.get("/api/cdrs?orgId=" + ORGANIZATION, "text/csv").text();
    assertThat(csv).startsWith("id,uuid,StartEpoch").contains(uuid.toString());
  }

  @Test
  void steersATaskOnlyWhereItsStateAllows() {
    organization();
    UUID uuid = cdr();
    JsonObject task =
        admin
            .get("/api/tasks?type=CDRToSGAPI&cdr=" + uuid)
            .json()
            .getJsonArray("items")
            .getJsonObject(0);
    String path = "/api/tasks/" + task.getInt("id");
    assertThat(task.getString("state")).isEqualTo("pending");
    assertThat(admin.post(path + "/rerun", "").status()).isEqualTo(409);
    Client.Answer cancelled = admin.post(path + "/cancel", "");
    assertThat(cancelled.json().getString("state")).isEqualTo("cancelled");
    assertThat(admin.post(path + "/cancel", "").status()).isEqualTo(409);
    assertThat(admin.post(path + "/rerun", "{}").json().getString("state")).isEqualTo("pending");
    assertThat(admin.post("/api/tasks/999999999/cancel", "").status()).isEqualTo(404);
  }

  @Test
  void steersAGatewayAndNeverShowsItsCredentials() {
    organization();
    String body =
        """
        {"kind":"storage","url":"http://127.0.0.1:9/in","rmOrgID":%d,"authorization":"Bearer secret"}
        """
            .formatted(ORGANIZATION + 1);
    Client.Answer added = admin.post("/api/gateways", body);
    assertThat(added.status()).isEqualTo(201);
    assertThat(added.text()).doesNotContain("secret").contains("\"hasAuthorization\":true");
    String path = "/api/gateways/" + added.json().getInt("id");
    assertThat(admin.post(path + "/pause", "").json().getBoolean("paused")).isTrue();
    assertThat(admin.post(path + "/resume", "").json().getBoolean("paused")).isFalse();
    JsonObject changed =
        admin.put(path, "{\"kind\":\"storage\",\"url\":\"http://127.0.0.1:9/other\"}").json();
    assertThat(changed.getBoolean("hasAuthorization")).isTrue();
    assertThat(changed.getJsonObject("circuit").getString("state")).isEqualTo("closed");
    assertThat(admin.delete(path).json().getBoolean("active")).isFalse();
    assertThat(admin.post("/api/gateways", "{\"kind\":\"fax\",\"url\":\"x\"}").status())
        .isEqualTo(422);
  }

  @Test
  void neverShowsAPasswordInAGatewaysUrlAndKeepsItWhenTheMaskComesBack() {
    organization();
    String body = "{\"kind\":\"smtp\",\"url\":\"%s\",\"rmOrgID\":" + (ORGANIZATION + 2) + "}";
    Client.Answer added =
        admin.post("/api/gateways", body.formatted("smtp://wb:hidden@127.0.0.1:9"));
    int id = added.json().getInt("id");
    assertThat(added.json().getString("url")).isEqualTo("smtp://wb:***@127.0.0.1:9");
    String changed =
        admin.put("/api/gateways/" + id, body.formatted("smtp://wb:***@127.0.0.1:10")).text();
    assertThat(changed).contains("smtp://wb:***@127.0.0.1:10").doesNotContain("hidden");
    assertThat(server.database().one("SELECT url FROM gateways WHERE id = " + id))
        .isEqualTo("smtp://wb:hidden@127.0.0.1:10");
    assertThat(
            server
                .database()
                .one(
                    "SELECT GROUP_CONCAT(action, detail) FROM audit_log WHERE subject = 'gateway "
                        + id
                        + "'"))
        .contains("gateway.add", "gateway.update", "smtp://wb:***@")
        .doesNotContain("hidden");
    assertThat(admin.delete("/api/gateways/" + id).status()).isEqualTo(200);
  }

  @Test
  void keepsTheRejectedUntilAnOperatorActs() {
    organization();
    UUID uuid = UUID.randomUUID();
    String wrong = document(uuid).replace("<StartEpoch>", "<Strange/><StartEpoch>");
    Client.Answer refused = admin.send("POST", "/api/cdrs", "application/xml", wrong);
    assertThat(refused.status()).isEqualTo(422);
    String path = "/api/rejected-cdrs/" + refused.json().getInt("rejectedId");
    assertThat(admin.get(path + "/body").text()).isEqualTo(wrong);
    assertThat(admin.get(path).json().getString("reason")).isEqualTo("INVALID");
    assertThat(admin.post(path + "/discard", "{}").status()).isEqualTo(422);
    Client.Answer accepted =
        admin.send("POST", path + "/resubmit", "application/xml", document(uuid));
    assertThat(accepted.json().getString("cdr")).isEqualTo(uuid.toString());
    assertThat(admin.get("/api/cdrs/" + uuid).status()).isEqualTo(200);
    assertThat(admin.post(path + "/discard", "{\"reason\":\"late\"}").status()).isEqualTo(409);
  }

  private void organization() {
    admin.post("/api/organizations", "{\"id\":%d,\"name\":\"x\"}".formatted(ORGANIZATION));
  }

  private UUID cdr() {
    UUID uuid = UUID.randomUUID();
    assertThat(server.postCdr(document(uuid)).statusCode()).isIn(200, 201);
    return uuid;
  }

  /** Of an organization that has no gateway of its own, and no others are there. */
  private static String document(UUID uuid) {
    long start = Instant.now().getEpochSecond();
    return """
    <cdr><data><uuid>%s</uuid><StartEpoch>%d</StartEpoch><TableSuffix>%s</TableSuffix>\
    <rmOrgID>%d</rmOrgID><variables><caller_id_number>+15551</caller_id_number>\
    <billsec>5</billsec><twice>1</twice><twice>2</twice></variables></data><tasks>\
    <task type="CDRToSGAPI"><rmDispStoreItems>1</rmDispStoreItems>\
    <rmAnalyticsItems>1</rmAnalyticsItems></task><task type="Voicemail"/></tasks></cdr>
    """
        .formatted(uuid, start, TableSuffix.ofEpochSecond(start), ORGANIZATION);
  }
}
