package org.waybill.dispatch;

import jakarta.json.Json;
import jakarta.json.JsonArray;
import jakarta.json.JsonObject;
import jakarta.json.JsonReader;
import jakarta.json.JsonValue;
import jakarta.json.JsonValue.ValueType;
import java.io.StringReader;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;

/**
 * A consumer of CDR reports that takes each batch once, by its key, and refuses with 422 what is
 * not in its schema: as the client of CallFlowProcessor does.
 */
final class Consumer implements Function<Sink.Received, Sink.Answer> {
  private static final Map<String, Set<ValueType>> SCHEMA = new LinkedHashMap<>();

  static {
    Set<ValueType> number = Set.of(ValueType.NUMBER);
    Set<ValueType> text = Set.of(ValueType.STRING);
    Set<ValueType> textOrNull = Set.of(ValueType.STRING, ValueType.NULL);
    SCHEMA.put("call_id", number);
    SCHEMA.put("initiator_phone", text);
    SCHEMA.put("call_type", text);
    SCHEMA.put("scenario_id", text);
    SCHEMA.put("start_time", text);
    SCHEMA.put("end_time", text);
    SCHEMA.put("duration_seconds", number);
    SCHEMA.put("operator_id", Set.of(ValueType.NUMBER, ValueType.NULL));
    SCHEMA.put("operator_name", textOrNull);
    SCHEMA.put("call_result", textOrNull);
    SCHEMA.put("number_of_connections", number);
    SCHEMA.put("number_of_events", number);
  }

  private final Map<String, String> batches = new LinkedHashMap<>();
  private final List<Integer> calls = new ArrayList<>();
  private final List<String> differing = new ArrayList<>();
  private volatile int answer = 200;

  /** What it answers from now on, if not 200. */
  void answer(int status) {
    answer = status;
  }

  @Override
  public synchronized Sink.Answer apply(Sink.Received request) {
    int status = answer;
    if (status != 200) {
      return new Sink.Answer(status, "");
    }
    JsonArray records = array(request.body());
    if (!records.stream().allMatch(Consumer::isValid)) {
      return new Sink.Answer(422, "");
    }
    String before = batches.putIfAbsent(request.key(), request.body());
    if (before == null) {
      records.forEach(record -> calls.add(record.asJsonObject().getInt("call_id")));
    } else if (!before.equals(request.body())) {
      differing.add(request.key());
    }
    return new Sink.Answer(200, "");
  }

  /** The calls in effect, in the order of their arrival. */
  synchronized List<Integer> calls() {
    return List.copyOf(calls);
  }

  synchronized List<String> keys() {
    return List.copyOf(batches.keySet());
  }

  synchronized List<String> bodies() {
    return List.copyOf(batches.values());
  }

  /** Keys under which another batch came than before. */
  synchronized List<String> differing() {
    return List.copyOf(differing);
  }

  static JsonArray array(String body) {
    try (JsonReader reader = Json.createReader(new StringReader(body))) {
      return reader.readArray();
    }
  }

  private static boolean isValid(JsonValue value) {
    JsonObject record = value.asJsonObject();
    return record.keySet().equals(SCHEMA.keySet())
        && SCHEMA.entrySet().stream()
            .allMatch(
                field ->
                    field
                        .getValue()
                        .contains(
                            record.getOrDefault(field.getKey(), JsonValue.TRUE).getValueType()));
  }
}
