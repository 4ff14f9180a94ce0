package org.waybill.dispatch;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.waybill.cdr.CdrStore;
import org.waybill.operation.ItemOutcome;
import org.waybill.operation.OperationKind;
import org.waybill.operation.Order;
import org.waybill.operation.Selection;
import org.waybill.platform.Database;
import org.waybill.task.Priority;
import org.waybill.task.Steering;
import org.waybill.task.TaskState;
import org.waybill.task.Tasks;
import org.waybill.task.WorkBell;

/** Changes how soon all tasks that match and wait are served. */
@ApplicationScoped
public class BulkPriority implements OperationKind {
  public static final String NAME = "task.priority";

  /** In the filter, beside those of the tasks: the priority that they get. */
  public static final String NEW_PRIORITY = "newPriority";

  private final TaskItems items;
  private final Tasks tasks;
  private final WorkBell bell;

  @Inject
  public BulkPriority(Database database, Tasks tasks, CdrStore cdrs, WorkBell bell) {
    this.items = new TaskItems(database, cdrs, TaskState.PENDING);
    this.tasks = tasks;
    this.bell = bell;
  }

  @SuppressWarnings("NullAway") // only for the proxy, which never calls it
  protected BulkPriority() {
    this(null, null, null, null);
  }

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public Selection select(String filter) {
    return items.select(filter);
  }

  @Override
  public List<String> page(Order order, @Nullable String after, int limit) {
    return items.page(order, after, null, limit);
  }

  @Override
  public Work begin(Order order, List<String> page) {
    List<Long> ids = TaskItems.ids(page);
    Priority priority = Priority.ofWord(TaskItems.member(order, NEW_PRIORITY));
    return new Work() {
      @Override
      public List<ItemOutcome> finish(Connection connection) throws SQLException {
        return TaskItems.outcomes(
            tasks.changePriority(connection, ids, priority), BulkPriority::done);
      }

      @Override
      public void committed() {
        bell.ring();
      }
    };
  }

  private static String done(Steering.Changed changed) {
    return "Deliveries that changed their lane: " + changed.deliveries() + ".";
  }
}
