package org.waybill.dispatch;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Instant;
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

/** Lets all tasks that match and wait be sent at a time at the earliest. */
@ApplicationScoped
public class BulkPostpone implements OperationKind {
  public static final String NAME = "task.postpone";

  /** In the filter, beside those of the tasks: an ISO-8601 instant. */
  public static final String UNTIL = "until";

  private final TaskItems items;
  private final Tasks tasks;

  @Inject
  public BulkPostpone(Database database, Tasks tasks, CdrStore cdrs) {
    this.items = new TaskItems(database, cdrs, TaskState.PENDING);
    this.tasks = tasks;
  }

  @SuppressWarnings("NullAway") // only for the proxy, which never calls it
  protected BulkPostpone() {
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
    Instant until = Instant.parse(TaskItems.member(order, UNTIL));
    return connection ->
        TaskItems.outcomes(tasks.postpone(connection, ids, until), BulkPostpone::done);
  }

  private static String done(Steering.Changed changed) {
    return "Deliveries put off: " + changed.deliveries() + ".";
  }
}
