package org.waybill.task;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.waybill.task.DeliveryKind.ANALYTICS;
import static org.waybill.task.DeliveryKind.EMAIL;
import static org.waybill.task.DeliveryKind.REPORT;
import static org.waybill.task.DeliveryKind.STORAGE;
import static org.waybill.task.Priority.HIGH;
import static org.waybill.task.Priority.LOW;
import static org.waybill.task.Priority.MEDIUM;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class FanOutTest {
  @Test
  void sendsEachStorageAndAnalyticsItemWithItsOwnPriority() {
    assertThat(
            sgapi(
                MEDIUM,
                "rmDispStoreItems=2",
                "rmDispStorePriority_0=high",
                "rmDispStorePriority_1=medium",
                "rmAnalyticsItems=1",
                "rmAnalyticsPriority_0=low"))
        .containsExactly(
            new PlannedDelivery(STORAGE, 0, HIGH),
            new PlannedDelivery(STORAGE, 1, MEDIUM),
            new PlannedDelivery(ANALYTICS, 0, LOW));
  }

  @Test
  void givesAnItemWithoutPriorityThatOfTheTask() {
    assertThat(sgapi(HIGH, "rmAnalyticsItems=2", "rmAnalyticsPriority_1=low"))
        .containsExactly(
            new PlannedDelivery(ANALYTICS, 0, HIGH), new PlannedDelivery(ANALYTICS, 1, LOW));
  }

  @Test
  void ignoresAPriorityBeyondTheLastItem() {
    assertThat(sgapi(MEDIUM, "rmDispStoreItems=1", "rmDispStorePriority_1=high"))
        .containsExactly(new PlannedDelivery(STORAGE, 0, MEDIUM));
  }

  @Test
  void sendsATaskWithoutItemsToTheFirstStorageGateway() {
    PlannedDelivery one = new PlannedDelivery(STORAGE, 0, LOW);
    assertThat(sgapi(LOW)).containsExactly(one);
    assertThat(sgapi(LOW, "rmDispStoreItems=0", "rmAnalyticsItems=0")).containsExactly(one);
    assertThat(sgapi(LOW, "rmDispStorePriority_0=high")).containsExactly(one);
  }

  @Test
  void takesTheTasksOwnFieldBeforeThatOfTheVariables() {
    assertThat(sgapi(LOW, "rmDispStoreItems=2", "rmDispStoreItems=5")).hasSize(2);
  }

  @Test
  void takesAHundredItemsOfAKindAndNoMore() {
    assertThat(sgapi(LOW, "rmDispStoreItems=100", "rmAnalyticsItems=100")).hasSize(200);
    assertThatThrownBy(() -> sgapi(LOW, "rmDispStoreItems=101"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("rmDispStoreItems");
  }

  @Test
  void sendsOneMailForASendEmailTask() {
    assertThat(FanOut.deliveries(new NewTask("SendEmail", LOW, List.of(), "<task/>")))
        .containsExactly(new PlannedDelivery(EMAIL, 0, LOW));
  }

  @Test
  void reportsToTheConsumerThatATaskNames() {
    assertThat(report()).containsExactly(new PlannedDelivery(REPORT, 0, HIGH));
    assertThat(report(new Field("consumer", " 12 ")))
        .containsExactly(new PlannedDelivery(REPORT, 12, HIGH));
  }

  @Test
  void reportsToNobodyWhereTheConsumerCannotBe() {
    for (String consumer : List.of("billing", "0", "-1", "99999", "1e3")) {
      assertThat(report(new Field("consumer", consumer)))
          .containsExactly(new PlannedDelivery(REPORT, Short.MAX_VALUE, HIGH));
    }
  }

  private static List<PlannedDelivery> report(Field... fields) {
    return FanOut.deliveries(new NewTask("CDRReport", HIGH, List.of(fields), "<task/>"));
  }

  @Test
  void plansNothingForATypeThatNobodyHandles() {
    assertThat(FanOut.deliveries(new NewTask("CBFinish", HIGH, List.of(), "<task/>"))).isEmpty();
  }

  private static List<PlannedDelivery> sgapi(Priority priority, String... fields) {
    List<Field> list = new ArrayList<>();
    for (String field : fields) {
      int equals = field.indexOf('=');
      list.add(new Field(field.substring(0, equals), field.substring(equals + 1)));
    }
    return FanOut.deliveries(new NewTask("CDRToSGAPI", priority, list, "<task/>"));
  }
}
