package org.waybill.dispatch;

import jakarta.json.Json;
import jakarta.json.JsonReader;
import java.io.StringReader;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.waybill.cdr.CdrStore;
import org.waybill.operation.ItemOutcome;
import org.waybill.operation.Order;
import org.waybill.operation.Selection;
import org.waybill.platform.Database;
import org.waybill.task.Steering;
import org.waybill.task.TaskFilter;
import org.waybill.task.TaskSelection;
import org.waybill.task.TaskSelection.Stretch;
import org.waybill.task.TaskState;

/** The tasks that an operation is about: those that match and are in a state, or those named. */
final class TaskItems {
  private final Database database;
  private final TaskSelection selection;
  private final TaskState otherwise;

  /**
   * @param otherwise the state of those that are meant when the filter says none
   */
  TaskItems(Database database, CdrStore cdrs, TaskState otherwise) {
    this.database = database;
    this.selection = new TaskSelection(cdrs);
    this.otherwise = otherwise;
  }

  Selection select(String json) {
    TaskSelection.Count count =
        database.read("count tasks", connection -> selection.count(connection, filter(json)));
    Long greatest = count.greatest();
    return new Selection(
        count.tasks(), count.isLeast(), greatest == null ? null : greatest.toString());
  }

  /**
   * @param asOf those that failed later are left out; null for none
   */
  List<String> page(Order order, @Nullable String after, @Nullable Instant asOf, int limit) {
    String upTo = order.upTo();
    if (upTo == null) {
      return List.of();
    }
    Stretch stretch =
        new Stretch(after == null ? null : Long.valueOf(after), Long.parseLong(upTo), asOf, limit);
    return database
        .read(
            "read a page of tasks",
            connection -> selection.ids(connection, filter(order.filter()), stretch))
        .stream()
        .map(String::valueOf)
        .toList();
  }

  static List<Long> ids(List<String> items) {
    return items.stream().map(Long::valueOf).toList();
  }

  /** What stands beside the filter of an order. */
  static String member(Order order, String name) {
    try (JsonReader reader = Json.createReader(new StringReader(order.filter()))) {
      return reader.readObject().getString(name);
    }
  }

  /**
   * @param done says what was done to a task
   */
  static List<ItemOutcome> outcomes(
      Map<Long, Steering> steerings, Function<Steering.Changed, String> done) {
    List<ItemOutcome> outcomes = new ArrayList<>(steerings.size());
    steerings.forEach((id, steering) -> outcomes.add(outcome(id.toString(), steering, done)));
    return outcomes;
  }

  private static ItemOutcome outcome(
      String item, Steering steering, Function<Steering.Changed, String> done) {
    if (steering instanceof Steering.Changed changed) {
      return ItemOutcome.ok(item, done.apply(changed));
    }
    if (steering instanceof Steering.Forbidden forbidden) {
      return ItemOutcome.failed(
          item, "It is " + forbidden.state().name().toLowerCase(Locale.ROOT) + " by now.");
    }
    return ItemOutcome.failed(item, "It is gone, or its day is leaving.");
  }

  /** Without a state, one is meant: what an operator cancelled is not brought back unasked. */
  private TaskFilter filter(String json) {
    TaskFilter filter = TaskFilter.ofJson(json);
    return filter.state() == null && filter.ids().isEmpty() ? filter.state(otherwise) : filter;
  }
}
