package org.waybill.dispatch;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.waybill.cdr.CdrStore;
import org.waybill.operation.OperationKind;
import org.waybill.operation.Order;
import org.waybill.operation.Selection;
import org.waybill.platform.Database;
import org.waybill.task.Steering;
import org.waybill.task.TaskState;
import org.waybill.task.Tasks;

/** Ends all tasks that match and wait, or gives up those that failed when the filter says so. */
@ApplicationScoped
public class BulkCancel implements OperationKind {
  public static final String NAME = "task.cancel";

  private final TaskItems items;
  private final Tasks tasks;

  @Inject
  public BulkCancel(Database database, Tasks tasks, CdrStore cdrs) {
    this.items = new TaskItems(database, cdrs, TaskState.PENDING);
    this.tasks = tasks;
  }

  @SuppressWarnings("NullAway") // only for the proxy, which never calls it
  protected BulkCancel() {
    this(null, null, null);
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
    return connection -> TaskItems.outcomes(tasks.cancelInBulk(connection, ids), BulkCancel::done);
  }

  private static String done(Steering.Changed changed) {
    return changed.before() == TaskState.FAILED
        ? "It is given up."
        : "Deliveries taken out of their queues: " + changed.deliveries() + ".";
  }
}
