package org.waybill.task;

import jakarta.json.Json;
import jakarta.json.JsonArrayBuilder;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import jakarta.json.JsonReader;
import jakarta.json.JsonString;
import java.io.StringReader;
import java.util.Locale;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.waybill.platform.Columns;
import org.waybill.platform.Where;

/**
 * Which tasks are asked for; null means any.
 *
 * @param errorGroup fingerprint of the last failure
 * @param ids only these; empty means any
 */
public record TaskFilter(
    @Nullable TaskState state,
    @Nullable String type,
    @Nullable Integer rmOrgId,
    @Nullable Priority priority,
    @Nullable UUID cdr,
    @Nullable String errorGroup,
    SortedSet<Long> ids) {

  /** Of any group. */
  public TaskFilter(
      @Nullable TaskState state,
      @Nullable String type,
      @Nullable Integer rmOrgId,
      @Nullable Priority priority,
      @Nullable UUID cdr) {
    this(state, type, rmOrgId, priority, cdr, null, new TreeSet<>());
  }

  /** Those with these ids, whatever their state. */
  public static TaskFilter ofIds(SortedSet<Long> ids) {
    return new TaskFilter(null, null, null, null, null, null, ids);
  }

  public TaskFilter state(TaskState only) {
    return new TaskFilter(only, type, rmOrgId, priority, cdr, errorGroup, ids);
  }

  /** The same as JSON, in the words of the query. */
  public String json() {
    return members().build().toString();
  }

  /** The same, for who has more to add. */
  public JsonObjectBuilder members() {
    JsonObjectBuilder json = Json.createObjectBuilder();
    add(json, "state", state == null ? null : state.name().toLowerCase(Locale.ROOT));
    add(json, "type", type);
    add(json, "orgId", rmOrgId == null ? null : rmOrgId.toString());
    add(json, "priority", priority == null ? null : priority.word());
    add(json, "cdr", cdr == null ? null : cdr.toString());
    add(json, "errorGroup", errorGroup);
    if (!ids.isEmpty()) {
      JsonArrayBuilder array = Json.createArrayBuilder();
      ids.forEach(id -> array.add(id.toString()));
      json.add("ids", array);
    }
    return json;
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
          cdr == null ? null : UUID.fromString(cdr),
          json.getString("errorGroup", null),
          ids(json));
    }
  }

  private static SortedSet<Long> ids(JsonObject json) {
    SortedSet<Long> ids = new TreeSet<>();
    if (json.containsKey("ids")) {
      json.getJsonArray("ids")
          .getValuesAs(JsonString.class)
          .forEach(id -> ids.add(Long.valueOf(id.getString())));
    }
    return ids;
  }

  /**
   * The tables in which they are looked for, in that order: {@code tasks t}, and {@code tasks_error
   * g} where a group is asked for.
   */
  public String from() {
    if (errorGroup == null) {
      return "tasks t";
    }
    String index = state == null ? "by_group" : "by_group_state";
    return "tasks_error g FORCE INDEX ("
        + index
        + ") STRAIGHT_JOIN tasks t ON t.id = g.id_tasks AND t.TableSuffix = g.TableSuffix";
  }

  /** The same without what only {@link #more} needs. */
  String index() {
    return errorGroup == null ? from() : from().substring(0, from().indexOf(" STRAIGHT_JOIN"));
  }

  /** The column of their ids, in whose order the index has them. */
  public String id() {
    return errorGroup == null ? "t.id" : "g.id_tasks";
  }

  /** Conditions on {@link #from}, but for that of the CDR, whose id is another's. */
  public Where where() {
    Where where = new Where();
    indexed(where);
    more(where);
    return where;
  }

  /** Those that an index answers. */
  void indexed(Where where) {
    where
        .and("g.error_group = ?", errorGroup)
        .and((errorGroup == null ? "t" : "g") + ".done = ?", state == null ? null : state.done());
    if (!ids.isEmpty()) {
      String in = id() + " IN (" + Columns.placeholders(ids.size()) + ")";
      where.andAll(in, ids.toArray());
    }
  }

  /** The others. */
  void more(Where where) {
    where
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
