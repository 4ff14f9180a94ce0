package org.waybill.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.json.Json;
import jakarta.json.JsonObject;
import jakarta.json.JsonReader;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.StringReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.waybill.cdr.Cdr;
import org.waybill.cdr.TableSuffix;
import org.waybill.cdr.Variable;
import org.waybill.task.DeliveryKind;
import org.waybill.task.Field;
import org.waybill.task.NewTask;
import org.waybill.task.PlannedDelivery;
import org.waybill.task.Priority;

class PayloadTest {
  private static final UUID ID = UUID.fromString("a1b2c3d4-e5f6-7890-abcd-ef1234567890");

  @Test
  void isTheModelOfTheSchemaWithItsItemAndTheCdr() {
    Cdr cdr =
        new Cdr(
            ID,
            -300,
            1_705_312_800L,
            TableSuffix.parse("20240115"),
            "leg",
            1001,
            "user_42",
            List.of(
                new Variable("call_direction", "inbound"),
                new Variable("codec", "PCMA"),
                new Variable("billsec", "245"),
                new Variable("codec", "OPUS")));
    NewTask task =
        task(
            Priority.HIGH,
            "rmDispStoreItems=2",
            "rmDispStorePriority_0=high",
            "rmDispStorePriority_1=medium",
            "rmAnalyticsItems=1",
            "rmAnalyticsPriority_0=low");

    assertThat(payload(cdr, task, new PlannedDelivery(DeliveryKind.STORAGE, 1, Priority.MEDIUM)))
        .isEqualTo(
            json(
                """
                {"rmOrgID": 1001, "uuid": "a1b2c3d4-e5f6-7890-abcd-ef1234567890",
                 "start_epoch": 1705312800, "rmTaskPriority": "high",
                 "rmDispStoreItems": 2, "rmDispStorePriority_0": "high",
                 "rmDispStorePriority_1": "medium",
                 "rmAnalyticsItems": 1, "rmAnalyticsPriority_0": "low",
                 "item": {"kind": "storage", "index": 1, "priority": "medium"},
                 "cdr": {"uuid": "a1b2c3d4-e5f6-7890-abcd-ef1234567890", "TimeZoneOffset": -300,
                   "StartEpoch": 1705312800, "TableSuffix": "20240115", "LegUUID": "leg",
                   "rmOrgID": 1001, "rmUserID": "user_42",
                   "variables": {"call_direction": "inbound", "codec": ["PCMA", "OPUS"],
                     "billsec": "245"}}}
                """));
  }

  @Test
  void isWhatTheDocumentationForGatewayAuthorsShows() throws IOException {
    String page = Files.readString(Path.of("docs/gateway-author.md"));
    String shown = page.split("```json\n", 2)[1].split("```", 2)[0];
    Cdr cdr =
        new Cdr(
            ID,
            -300,
            1_705_312_800L,
            TableSuffix.parse("20240115"),
            "f9e8d7c6-b5a4-3210-9876-543210fedcba",
            1001,
            "user_42",
            List.of(
                new Variable("caller_id_number", "+15551234567"),
                new Variable("destination_number", "+15559876543"),
                new Variable("call_direction", "inbound"),
                new Variable("billsec", "245"),
                new Variable("hangup_cause", "NORMAL_CLEARING")));
    NewTask task = task(Priority.HIGH, "rmDispStoreItems=1", "rmDispStorePriority_0=high");

    assertThat(payload(cdr, task, new PlannedDelivery(DeliveryKind.STORAGE, 0, Priority.HIGH)))
        .isEqualTo(json(shown));
  }

  @Test
  void leavesOutWhatIsNotKnown() {
    assertThat(
            payload(
                cdr(),
                task(Priority.MEDIUM),
                new PlannedDelivery(DeliveryKind.STORAGE, 0, Priority.MEDIUM)))
        .isEqualTo(
            json(
                """
                {"rmOrgID": 1, "uuid": "a1b2c3d4-e5f6-7890-abcd-ef1234567890",
                 "start_epoch": 1705312800, "rmTaskPriority": "medium",
                 "item": {"kind": "storage", "index": 0, "priority": "medium"},
                 "cdr": {"uuid": "a1b2c3d4-e5f6-7890-abcd-ef1234567890",
                   "StartEpoch": 1705312800, "TableSuffix": "20240115", "rmOrgID": 1,
                   "variables": {}}}
                """));
  }

  @Test
  void namesOnlyItemsThatExistAndOnlyFieldsOfTheModel() {
    NewTask task =
        task(
            Priority.LOW,
            "rmDispStoreItems= 1 ",
            "rmDispStorePriority_0=high",
            "rmDispStorePriority_0=low",
            "rmDispStorePriority_1=high",
            "rmDispStorePriority_x=high",
            "rmAnalyticsItems=0",
            "rmAnalyticsPriority_0=high",
            "somethingElse=1");

    JsonObject payload =
        payload(cdr(), task, new PlannedDelivery(DeliveryKind.STORAGE, 0, Priority.HIGH));

    assertThat(payload.keySet())
        .containsExactlyInAnyOrder(
            "rmOrgID",
            "uuid",
            "start_epoch",
            "rmTaskPriority",
            "rmDispStoreItems",
            "rmDispStorePriority_0",
            "rmAnalyticsItems",
            "item",
            "cdr");
    assertThat(payload.getString("rmDispStorePriority_0")).isEqualTo("high");
    assertThat(payload.getInt("rmAnalyticsItems")).isZero();
  }

  @Test
  void carriesEveryCharacterThatXmlCan() {
    String text = "\"quoted\" \\ \t\n\r \u0085\u2028 ž 😀 </script>";
    Cdr cdr =
        new Cdr(
            ID,
            null,
            1_705_312_800L,
            TableSuffix.parse("20240115"),
            null,
            1,
            null,
            List.of(new Variable("odd name \"", text)));

    JsonObject payload =
        payload(
            cdr, task(Priority.LOW), new PlannedDelivery(DeliveryKind.STORAGE, 0, Priority.LOW));

    assertThat(payload.getJsonObject("cdr").getJsonObject("variables").getString("odd name \""))
        .isEqualTo(text);
  }

  private static Cdr cdr() {
    return new Cdr(
        ID, null, 1_705_312_800L, TableSuffix.parse("20240115"), null, 1, null, List.of());
  }

  private static NewTask task(Priority priority, String... fields) {
    List<Field> parsed =
        List.of(fields).stream()
            .map(field -> new Field(field.split("=", 2)[0], field.split("=", 2)[1]))
            .toList();
    return new NewTask("CDRToSGAPI", priority, parsed, "<task/>");
  }

  private static JsonObject payload(Cdr cdr, NewTask task, PlannedDelivery delivery) {
    byte[] bytes = Payload.of(cdr, task, delivery);
    try (JsonReader reader = Json.createReader(new ByteArrayInputStream(bytes))) {
      return reader.readObject();
    }
  }

  private static JsonObject json(String text) {
    try (JsonReader reader = Json.createReader(new StringReader(text))) {
      return reader.readObject();
    }
  }
}
