package org.waybill.dispatch;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.waybill.cdr.CdrStore;
import org.waybill.operation.ItemOutcome;
import org.waybill.operation.OperationKind;
import org.waybill.operation.Order;
import org.waybill.operation.Selection;
import org.waybill.platform.Database;
import org.waybill.task.Steering;
import org.waybill.task.TaskFilter;
import org.waybill.task.TaskSelection;
import org.waybill.task.TaskSelection.Stretch;
import org.waybill.task.TaskState;
import org.waybill.task.Tasks;
import org.waybill.task.WorkBell;

/**
 * Re-runs all tasks that match and failed, or were cancelled when the filter says so. A task that
 * fails after the start, again or for the first time, is not part of it.
 */
@ApplicationScoped
public class BulkRerun implements OperationKind {
  public static final String NAME = "task.rerun";

  private final Database database;
  private final Tasks tasks;
  private final TaskSelection selection;
  private final WorkBell bell;

  @Inject
  public BulkRerun(Database database, Tasks tasks, CdrStore cdrs, WorkBell bell) {
    this.database = database;
    this.tasks = tasks;
    this.selection = new TaskSelection(cdrs);
    this.bell = bell;
  }

  @SuppressWarnings("NullAway") // only for the proxy, which never calls it
  protected BulkRerun() {
    this(null, null, null, null);
  }

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public Selection select(String filter) {
    TaskSelection.Count count =
        database.read("count tasks", connection -> selection.count(connection, filter(filter)));
    Long greatest = count.greatest();
    return new Selection(count.tasks(), greatest == null ? null : greatest.toString());
  }

  @Override
  public List<String> page(Order order, @Nullable String after, int limit) {
    String upTo = order.upTo();
    if (upTo == null) {
      return List.of();
    }
    Stretch stretch =
        new Stretch(
            after == null ? null : Long.valueOf(after),
            Long.parseLong(upTo),
            order.startedAt(),
            limit);
    return database
        .read(
            "read a page of tasks",
            connection -> selection.ids(connection, filter(order.filter()), stretch))
        .stream()
        .map(String::valueOf)
        .toList();
  }

  @Override
  public Work begin(Order order, List<String> items) {
    List<Long> ids = items.stream().map(Long::valueOf).toList();
    return new Work() {
      @Override
      public List<ItemOutcome> finish(Connection connection) throws SQLException {
        return outcomes(tasks.rerunInBulk(connection, ids));
      }

      @Override
      public void committed() {
        bell.ring();
      }
    };
  }

  private static List<ItemOutcome> outcomes(Map<Long, Steering> steerings) {
    List<ItemOutcome> outcomes = new ArrayList<>(steerings.size());
    steerings.forEach((id, steering) -> outcomes.add(outcome(id.toString(), steering)));
    return outcomes;
  }

  private static ItemOutcome outcome(String item, Steering steering) {
    if (steering instanceof Steering.Changed changed) {
      return ItemOutcome.ok(
          item,
          changed.now() == TaskState.DONE
              ? "All of it is delivered already."
              : "Deliveries put back into their queues: " + changed.deliveries() + ".");
    }
    if (steering instanceof Steering.Forbidden forbidden) {
      return ItemOutcome.failed(
          item, "It is " + forbidden.state().name().toLowerCase(Locale.ROOT) + " by now.");
    }
    return ItemOutcome.failed(item, "It is gone, or its day is leaving.");
  }

  /** Without a state, only what failed: what an operator cancelled is not brought back unasked. */
  private static TaskFilter filter(String json) {
    TaskFilter filter = TaskFilter.ofJson(json);
    return filter.state() == null ? filter.state(TaskState.FAILED) : filter;
  }
}
