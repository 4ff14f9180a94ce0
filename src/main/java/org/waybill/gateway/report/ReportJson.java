package org.waybill.gateway.report;

import jakarta.json.Json;
import jakarta.json.stream.JsonGenerator;
import jakarta.json.stream.JsonGeneratorFactory;
import java.io.ByteArrayOutputStream;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A batch as consumers take it over HTTP: a JSON array. */
final class ReportJson {
  private static final JsonGeneratorFactory JSON = Json.createGeneratorFactory(Map.of());

  private ReportJson() {}

  /** In UTF-8. */
  static byte[] of(List<CallReport> calls) {
    ByteArrayOutputStream body = new ByteArrayOutputStream(512 * calls.size());
    try (JsonGenerator json = JSON.createGenerator(body)) {
      json.writeStartArray();
      calls.forEach(call -> write(call, json));
      json.writeEnd();
    }
    return body.toByteArray();
  }

  private static void write(CallReport call, JsonGenerator json) {
    json.writeStartObject();
    id("call_id", call.callId(), json);
    json.write("initiator_phone", call.initiatorPhone());
    json.write("call_type", call.callType());
    json.write("scenario_id", call.scenarioId());
    json.write("start_time", call.startTime().toString());
    json.write("end_time", call.endTime().toString());
    json.write("duration_seconds", call.durationSeconds());
    id("operator_id", call.operatorId(), json);
    textOrNull("operator_name", call.operatorName(), json);
    textOrNull("call_result", call.callResult(), json);
    json.write("number_of_connections", call.numberOfConnections());
    json.write("number_of_events", call.numberOfEvents());
    json.writeEnd();
  }

  private static void id(String name, @Nullable String id, JsonGenerator json) {
    if (id != null && CallReport.isInteger(id)) {
      json.write(name, Long.parseLong(id));
    } else {
      textOrNull(name, id, json);
    }
  }

  private static void textOrNull(String name, @Nullable String text, JsonGenerator json) {
    if (text == null) {
      json.writeNull(name);
    } else {
      json.write(name, text);
    }
  }
}
