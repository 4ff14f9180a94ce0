package org.waybill.task;

import jakarta.json.Json;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import jakarta.json.JsonReader;
import java.io.StringReader;
import java.util.Locale;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.waybill.platform.Where;

/** Which tasks are asked for; null means any. */
public record TaskFilter(
    @Nullable TaskState state,
    @Nullable String type,
    @Nullable Integer rmOrgId,
    @Nullable Priority priority,
    @Nullable UUID cdr) {

  public TaskFilter state(TaskState only) {
    return new TaskFilter(only, type, rmOrgId, priority, cdr);
  }

  /** The same as JSON, in the words of the query. */
  public String json() {
    JsonObjectBuilder json = Json.createObjectBuilder();
    add(json, "state", state == null ? null : state.name().toLowerCase(Locale.ROOT));
    add(json, "type", type);
    add(json, "orgId", rmOrgId == null ? null : rmOrgId.toString());
    add(json, "priority", priority == null ? null : priority.word());
    add(json, "cdr", cdr == null ? null : cdr.toString());
    return json.build().toString();
  }

  /** Reads what {@link #json} wrote. */
  public static TaskFilter ofJson(String text) {
    try (JsonReader reader = Json.createReader(new StringReader(text))) {
      JsonObject json = reader.readObject();
      String state = json.getString("state", null);
      String orgId = json.getString("orgId", null);
      String priority = json.getString("priority", null);
      String cdr = json.getString("cdr", null);
      return new TaskFilter(
          state == null ? null : TaskState.valueOf(state.toUpperCase(Locale.ROOT)),
          json.getString("type", null),
          orgId == null ? null : Integer.valueOf(orgId),
          priority == null ? null : Priority.ofWord(priority),
          cdr == null ? null : UUID.fromString(cdr));
    }
  }

  /** Conditions on the table {@code tasks t}, but for that of the CDR, whose id is another's. */
  public Where where() {
    return new Where()
        .and("t.done = ?", state == null ? null : state.done())
        .and("t.task_type = ?", type)
        .and("t.rmOrgID = ?", rmOrgId)
        .and("t.priority = ?", priority == null ? null : priority.word());
  }

  private static void add(JsonObjectBuilder json, String name, @Nullable String value) {
    if (value != null) {
      json.add(name, value);
    }
  }
}
