package org.waybill.console;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.json.JsonObject;
import java.time.Instant;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.waybill.cdr.TableSuffix;
import org.waybill.testing.Client;
import org.waybill.testing.WaybillServer;

/** Statistics and ledger, through the real server. */
class StatisticsIT {
  private static final int KNOWN = 66_201;
  private static final int UNKNOWN = 66_202;

  private final WaybillServer server = WaybillServer.shared();
  private final Client admin =
      Client.nobody(server.uri("/")).user("admin", WaybillServer.ADMIN_PASSWORD);
  private final Instant now = Instant.now();

  @Test
  void tellsWhatCameInAndWhatBecameOfIt() {
    add(KNOWN);
    String answered = document(KNOWN, 30, "NORMAL_CLEARING");
    assertThat(post(answered).status()).isEqualTo(201);
    assertThat(post(answered).status()).isEqualTo(200);
    assertThat(post(document(KNOWN, 0, "NO_ROUTE_DESTINATION")).status()).isEqualTo(201);
    Client.Answer refused = post(document(UNKNOWN, 10, "NORMAL_CLEARING"));
    assertThat(refused.status()).isEqualTo(422);

    assertThat(counts(item(KNOWN))).isEqualTo("3 2 1 0");
    assertThat(counts(item(UNKNOWN))).isEqualTo("1 0 0 1");
    assertThat(item(KNOWN).getJsonObject("seconds").toString())
        .contains("\"received\":60,\"amended\":0,\"stored\":30,\"duplicates\":30");
    add(UNKNOWN);
    String path = "/api/rejected-cdrs/" + refused.json().getInt("rejectedId") + "/resubmit";
    assertThat(admin.post(path, "").status()).isEqualTo(200);
    assertThat(counts(item(UNKNOWN))).isEqualTo("2 1 0 1");
    steerATask();
    statistics();

    JsonObject whole = admin.get(ledger() + "&recompute=true").json();
    assertThat(whole.getBoolean("balanced")).as(whole.toString()).isTrue();
    assertThat(admin.get(ledger(), "text/csv").text())
        .contains(",cdr-normalized," + KNOWN + ",3,2,1,0,2,0,2,0,0,60,0,30,30,true\r\n");
    assertThat(admin.get("/api/audit/statistics?day=" + day()).json().getBoolean("balanced"))
        .isTrue();
    assertThat(
            admin
                .post("/api/audit/statistics/recount?day=" + day(), "")
                .json()
                .getBoolean("balanced"))
        .isTrue();
    statistics();
    assertThat(admin.get("/metrics").text())
        .contains("waybill_ledger_unbalanced 0", "waybill_statistics_fold_age_seconds");
  }

  @Test
  void saysAllThatIsWrongWithAQuestion() {
    Client.Answer wrong = admin.get("/api/stats/calls?groupBy=week&from=now&limit=0&actif=1");
    assertThat(wrong.status()).isEqualTo(400);
    assertThat(wrong.text()).contains("groupBy", "from", "limit", "actif");
    assertThat(admin.get("/api/audit/ledger?day=2024-02-30&recompute=yes").text())
        .contains("\"day\"", "recompute");
    assertThat(admin.get("/api/stats/tasks?from=2024-01-15T10:00:00Z").status()).isEqualTo(400);
    assertThat(admin.get("/api/stats/tasks?from=2024-01-15T00:00:00Z&groupBy=day").status())
        .isEqualTo(200);
  }

  private void steerATask() {
    String tasks = "/api/tasks?orgId=" + KNOWN;
    int task = admin.get(tasks).json().getJsonArray("items").getJsonObject(0).getInt("id");
    assertThat(admin.post("/api/tasks/" + task + "/cancel", "").status()).isEqualTo(200);
    assertThat(item(KNOWN).getInt("cancelled")).isEqualTo(1);
    assertThat(admin.get("/api/stats/tasks?orgId=" + KNOWN).text())
        .contains("\"group\":\"cancelled\",\"tasks\":1", "\"group\":\"pending\",\"tasks\":1");
    assertThat(admin.post("/api/tasks/" + task + "/rerun", "").status()).isEqualTo(200);
    assertThat(item(KNOWN).getInt("pending")).isEqualTo(2);
  }

  private void statistics() {
    String path = "/api/stats/calls?orgId=" + KNOWN + "&from=" + now.minusSeconds(90);
    String line =
        "\"calls\":2,\"answered\":1,\"totalSeconds\":30,\"asr\":0.5,\"acd\":30.0,\"ner\":0.5";
    assertThat(admin.get(path + "&groupBy=org").text()).contains("{\"group\":\"66201\"," + line);
    assertThat(admin.get(path + "&groupBy=operator").text())
        .contains(
            "{\"group\":\"Ann\"," + line + ",\"call_count\":2,\"avg_call_duration_seconds\":15.0}");
    assertThat(admin.get(path + "&groupBy=callingNumber&to=" + now.plusSeconds(90)).text())
        .contains("{\"group\":\"+1555\"," + line);
    assertThat(admin.get("/api/cdrs?orgId=" + KNOWN + "&operator=Ann").json().getJsonArray("items"))
        .hasSize(2);
    assertThat(
            admin
                .get("/api/cdrs?orgId=" + KNOWN + "&operator=Ann&maxBillsec=29")
                .json()
                .getJsonArray("items"))
        .hasSize(1);
  }

  private JsonObject item(int organization) {
    return admin.get(ledger()).json().getJsonArray("items").getValuesAs(JsonObject.class).stream()
        .filter(item -> !item.isNull("rmOrgID") && item.getInt("rmOrgID") == organization)
        .findFirst()
        .orElseThrow();
  }

  private static String counts(JsonObject item) {
    assertThat(item.getBoolean("balanced")).as(item.toString()).isTrue();
    return "%d %d %d %d"
        .formatted(
            item.getInt("received"),
            item.getInt("stored"),
            item.getInt("duplicates"),
            item.getInt("rejected"));
  }

  private String ledger() {
    return "/api/audit/ledger?day=" + day();
  }

  private String day() {
    return now.toString().substring(0, 10);
  }

  private void add(int organization) {
    admin.post("/api/organizations", "{\"id\":%d,\"name\":\"x\"}".formatted(organization));
  }

  private Client.Answer post(String document) {
    return admin.send("POST", "/api/cdrs", "application/xml", document);
  }

  private String document(int organization, int billsec, String cause) {
    long start = now.getEpochSecond();
    return """
    <cdr><data><uuid>%s</uuid><StartEpoch>%d</StartEpoch><TableSuffix>%s</TableSuffix>\
    <rmOrgID>%d</rmOrgID><variables><caller_id_number>+1555</caller_id_number>\
    <operator_name>Ann</operator_name><billsec>%d</billsec><hangup_cause>%s</hangup_cause>\
    </variables></data><tasks><task type="CDRToSGAPI" priority="high"/></tasks></cdr>"""
        .formatted(
            UUID.randomUUID(),
            start,
            TableSuffix.ofEpochSecond(start),
            organization,
            billsec,
            cause);
  }
}
