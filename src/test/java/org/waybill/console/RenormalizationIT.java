package org.waybill.console;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.json.JsonObject;
import java.time.Duration;
import java.time.Instant;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.waybill.testing.Client;
import org.waybill.testing.WaybillServer;

/** CDRs made anew after an organization's country has changed, by HTTP against the jar. */
class RenormalizationIT {
  private static final int ORGANIZATION = 88_101;

  private final WaybillServer server = WaybillServer.shared();
  private final Client admin =
      Client.nobody(server.uri("/")).user("admin", WaybillServer.ADMIN_PASSWORD);

  @Test
  void tellsWhatWouldDifferAndThenChangesIt() {
    admin.post("/api/organizations", "{\"id\":%d,\"name\":\"x\"}".formatted(ORGANIZATION));
    UUID uuid = UUID.randomUUID();
    assertThat(admin.send("POST", "/api/collect/freeswitch", "text/xml", document(uuid)).status())
        .isEqualTo(200);
    admin.send(
        "PUT",
        "/api/organizations/" + ORGANIZATION,
        "application/json",
        "{\"id\":%d,\"name\":\"x\",\"country\":\"FR\"}".formatted(ORGANIZATION));

    JsonObject rehearsed = run("\"dryRun\":true");
    assertThat(rehearsed.getString("kind")).isEqualTo("cdr.renormalize-dry-run");
    assertThat(rehearsed.getInt("succeeded") - rehearsed.getInt("unchanged")).isEqualTo(1);
    JsonObject outcome =
        admin
            .get("/api/operations/" + rehearsed.getInt("id") + "/outcomes?outcome=changed")
            .json()
            .getJsonArray("items")
            .getJsonObject(0);
    assertThat(outcome.getString("uuid")).isEqualTo(uuid.toString());
    assertThat(outcome.getJsonArray("differences").getJsonObject(0))
        .hasToString(
            "{\"field\":\"variables/caller_id_number_e164\",\"before\":null,"
                + "\"after\":\"+33142685300\"}");
    String trace = "/api/cdrs/" + uuid + "/trace";
    assertThat(admin.get(trace).json().getJsonObject("raw").getInt("version")).isEqualTo(1);

    JsonObject done = run("\"reason\":\"France\"");
    assertThat(done.getInt("succeeded")).isEqualTo(1);
    JsonObject after = admin.get(trace).json();
    assertThat(after.getJsonObject("raw").getInt("version")).isEqualTo(2);
    assertThat(after.getJsonObject("cdr").getJsonObject("variables"))
        .containsKey("caller_id_number_e164");
    assertThat(admin.send("POST", "/api/collect/freeswitch", "text/xml", document(uuid)).text())
        .contains("\"duplicate\":true");
  }

  @Test
  void saysWhatIsWrongWithAFilter() {
    Client.Answer answer =
        admin.post("/api/cdrs/renormalize", "{\"filter\":{\"orgId\":\"x\",\"limit\":3}}");
    assertThat(answer.status()).isEqualTo(422);
    assertThat(answer.json().getJsonArray("violations")).hasSize(2);
  }

  private JsonObject run(String more) {
    String body = "{\"filter\":{\"orgId\":%d},%s}".formatted(ORGANIZATION, more);
    Client.Answer started = admin.post("/api/cdrs/renormalize", body);
    assertThat(started.status()).as(started.text()).isEqualTo(202);
    long until = System.nanoTime() + Duration.ofMinutes(1).toNanos();
    while (true) {
      JsonObject now = admin.get(started.header("Location")).json();
      if (now.getString("state").equals("done")) {
        return now;
      }
      assertThat(System.nanoTime()).as(now.toString()).isLessThan(until);
      pause();
    }
  }

  private static void pause() {
    try {
      Thread.sleep(50);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static String document(UUID uuid) {
    return "<cdr><variables><uuid>%s</uuid><start_epoch>%d</start_epoch><rmOrgID>%d</rmOrgID>"
            .formatted(uuid, Instant.now().getEpochSecond() / 1000 * 1000, ORGANIZATION)
        + "<caller_id_number>0142685300</caller_id_number></variables></cdr>";
  }
}
