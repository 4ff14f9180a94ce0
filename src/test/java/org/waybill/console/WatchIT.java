package org.waybill.console;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.json.JsonObject;
import java.time.Duration;
import java.time.Instant;
import java.util.UUID;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.waybill.testing.Client;
import org.waybill.testing.WaybillServer;

/** Task rules and the watch over switches, through the real server. */
@Tag("any-database")
class WatchIT {
  private static final int ORGANIZATION = 77_101;
  private static final String SWITCH = "watched-" + UUID.randomUUID();

  private final WaybillServer server = WaybillServer.shared();
  private final Client admin =
      Client.nobody(server.uri("/")).user("admin", WaybillServer.ADMIN_PASSWORD);

  @Test
  void watchesASwitchAndGivesItsCdrsTheTasksOfARule() throws InterruptedException {
    organization();
    String rule =
        """
        {"rmOrgID":%d,"when":{"kind":"fa*"},"task":{"type":"Fax","priority":"high",\
        "fields":{"To":"x"}}}
        """
            .formatted(ORGANIZATION);
    Client.Answer added = admin.post("/api/task-rules", rule);
    assertThat(added.status()).as(added.text()).isEqualTo(201);
    JsonObject cdr = send().json();
    assertThat(cdr.getJsonArray("tasks").toString())
        .contains("\"type\":\"CDRToSGAPI\"", "\"type\":\"Fax\",\"priority\":\"high\"");

    String count = "SELECT COUNT(*) FROM switches WHERE name = '" + SWITCH + "'";
    assertThat(server.database().awaitCount(count, 1, Duration.ofMinutes(2))).isEqualTo(1);
    JsonObject watched =
        admin
            .get("/api/switches?orgId=" + ORGANIZATION)
            .json()
            .getJsonArray("items")
            .getJsonObject(0);
    assertThat(watched.getString("name")).isEqualTo(SWITCH);
    assertThat(watched.getString("instance")).isEqualTo("core-1");
    assertThat(watched.isNull("silentSince")).isTrue();
    assertThat(watched.isNull("usualPerHour")).isTrue();
    String path = "/api/switches/" + watched.getInt("id");
    assertThat(admin.delete(path).status()).isEqualTo(204);
    assertThat(admin.delete(path).status()).isEqualTo(404);
    assertThat(admin.delete("/api/task-rules/" + added.json().getInt("id")).status())
        .isEqualTo(204);
  }

  @Test
  void changesARuleAndSaysAllThatIsWrongWithOneAtOnce() {
    organization();
    Client.Answer wrong =
        admin.post(
            "/api/task-rules",
            """
            {"rmOrgID":0,"when":{"a":1},"task":{"type":"CDRToSGAPI","priority":"soon",\
            "fields":{"rmDispStoreItems":"101"},"more":1},"actif":true}
            """);
    assertThat(wrong.status()).isEqualTo(422);
    assertThat(wrong.text())
        .contains("rmOrgID", "\"when\"", "task.priority", "task.fields", "task.more", "actif")
        .contains("rmDispStoreItems must be a whole number from 0 to 100");
    String rule =
        """
        {"rmOrgID":%d,"task":{"type":"Fax"},"active":false}
        """
            .formatted(ORGANIZATION);
    JsonObject added = admin.post("/api/task-rules", rule).json();
    String path = "/api/task-rules/" + added.getInt("id");
    assertThat(added.getJsonObject("task").isNull("priority")).isTrue();
    String other = "{\"task\":{\"type\":\"Fax\",\"fields\":{\"To\":\"x\"}},\"active\":false}";
    assertThat(admin.put(path, other).json().isNull("rmOrgID")).isTrue();
    assertThat(admin.get(path).json().getJsonObject("task").getJsonObject("fields"))
        .hasToString("{\"To\":\"x\"}");
    assertThat(admin.delete(path).status()).isEqualTo(204);
    assertThat(admin.get(path).status()).isEqualTo(404);
    assertThat(
            server
                .database()
                .one(
                    "SELECT GROUP_CONCAT(action ORDER BY id) FROM audit_log WHERE subject = 'task rule "
                        + added.getInt("id")
                        + "'"))
        .isEqualTo("task-rule.add,task-rule.update,task-rule.remove");
  }

  private void organization() {
    admin.post("/api/organizations", "{\"id\":%d,\"name\":\"x\"}".formatted(ORGANIZATION));
  }

  private Client.Answer send() {
    String document =
        """
        <cdr core-uuid="core-1" switchname="%s"><variables><uuid>%s</uuid>\
        <start_epoch>%d</start_epoch><rmOrgID>%d</rmOrgID><kind>fax</kind></variables></cdr>
        """
            .formatted(SWITCH, UUID.randomUUID(), Instant.now().getEpochSecond(), ORGANIZATION);
    Client.Answer answer = admin.send("POST", "/api/collect/freeswitch", "text/xml", document);
    assertThat(answer.status()).as(answer.text()).isEqualTo(200);
    return answer;
  }
}
