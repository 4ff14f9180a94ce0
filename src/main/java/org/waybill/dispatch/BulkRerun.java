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
import org.waybill.task.Steering;
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

  private final TaskItems items;
  private final Tasks tasks;
  private final WorkBell bell;

  @Inject
  public BulkRerun(Database database, Tasks tasks, CdrStore cdrs, WorkBell bell) {
    this.items = new TaskItems(database, cdrs, TaskState.FAILED);
    this.tasks = tasks;
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
    return items.select(filter);
  }

  @Override
  public List<String> page(Order order, @Nullable String after, int limit) {
    return items.page(order, after, order.startedAt(), limit);
  }

  @Override
  public Work begin(Order order, List<String> page) {
    List<Long> ids = TaskItems.ids(page);
    return new Work() {
      @Override
      public List<ItemOutcome> finish(Connection connection) throws SQLException {
        return TaskItems.outcomes(tasks.rerunInBulk(connection, ids), BulkRerun::done);
      }

      @Override
      public void committed() {
        bell.ring();
      }
    };
  }

  private static String done(Steering.Changed changed) {
    return changed.now() == TaskState.DONE
        ? "All of it is delivered already."
        : "Deliveries put back into their queues: " + changed.deliveries() + ".";
  }
}
