package org.waybill.gateway;

import jakarta.json.Json;
import jakarta.json.stream.JsonGenerator;
import jakarta.json.stream.JsonGeneratorFactory;
import java.io.ByteArrayOutputStream;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.waybill.cdr.Cdr;
import org.waybill.cdr.CdrJson;
import org.waybill.task.Field;
import org.waybill.task.NewTask;
import org.waybill.task.PlannedDelivery;

/**
 * The body that storage and analytics gateways receive: the CDRToSGAPI model exactly as the schema
 * names it, with the item that this delivery is, and the CDR.
 */
public final class Payload {
  // Looking the provider up costs more than writing a body.
  private static final JsonGeneratorFactory JSON = Json.createGeneratorFactory(Map.of());

  private Payload() {}

  /** JSON in UTF-8. */
  public static byte[] of(Cdr cdr, NewTask task, PlannedDelivery delivery) {
    ByteArrayOutputStream body = new ByteArrayOutputStream(1024);
    try (JsonGenerator json = JSON.createGenerator(body)) {
      json.writeStartObject();
      json.write("rmOrgID", cdr.rmOrgId());
      json.write("uuid", cdr.uuid().toString());
      json.write("start_epoch", cdr.startEpoch());
      json.write("rmTaskPriority", task.priority().word());
      writeItems(task, "rmDispStoreItems", "rmDispStorePriority_", json);
      writeItems(task, "rmAnalyticsItems", "rmAnalyticsPriority_", json);
      writeItem(delivery, json);
      json.writeStartObject("cdr");
      CdrJson.writeMembers(cdr, json);
      json.writeEnd();
      json.writeEnd();
    }
    return body.toByteArray();
  }

  private static void writeItems(
      NewTask task, String countName, String priorityPrefix, JsonGenerator json) {
    int items = count(task, countName);
    if (items < 0) {
      return;
    }
    json.write(countName, items);
    Set<Integer> written = new HashSet<>();
    for (Field field : task.fields()) {
      if (field.name().startsWith(priorityPrefix)) {
        int item = number(field.name().substring(priorityPrefix.length()));
        // One beyond the last item means nothing (contract, "Tasks of a CDR").
        if (item >= 0 && item < items && written.add(item)) {
          json.write(priorityPrefix + item, field.value().strip());
        }
      }
    }
  }

  private static int count(NewTask task, String name) {
    for (Field field : task.fields()) {
      if (field.name().equals(name)) {
        return number(field.value().strip());
      }
    }
    return -1;
  }

  /** The number that the digits mean, or -1 for anything else. */
  private static int number(String digits) {
    boolean plain = !digits.isEmpty() && digits.length() < 10;
    for (int i = 0; plain && i < digits.length(); i++) {
      plain = digits.charAt(i) >= '0' && digits.charAt(i) <= '9';
    }
    return plain ? Integer.parseInt(digits) : -1;
  }

  private static void writeItem(PlannedDelivery delivery, JsonGenerator json) {
    json.writeStartObject("item");
    json.write("kind", delivery.kind().word());
    json.write("index", delivery.item());
    json.write("priority", delivery.priority().word());
    json.writeEnd();
  }
}
