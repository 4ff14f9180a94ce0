package org.waybill.task;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.waybill.cdr.Days;

/**
 * Records what became of many sends, in the transaction of the queue's owner: history, hot table,
 * tasks and their errors, with a few multi-row statements. A task's row is locked before its
 * deliveries are touched, as steering does.
 */
public final class Settlements {
  private Settlements() {}

  public static void record(Connection connection, List<Settlement> settlements, int node)
      throws SQLException {
    if (settlements.isEmpty()) {
      return;
    }
    Map<Long, TaskRow> tasks = lockTasks(connection, settlements);
    Attempts.insert(connection, settlements);
    List<Settlement> valid = removeFromHotTable(connection, settlements, tasks);
    Deliveries.insert(
        connection, valid.stream().flatMap(s -> Stream.ofNullable(s.again())).toList());
    TaskErrors.append(connection, valid);
    TaskRows.update(connection, changed(connection, valid, tasks), node);
  }

  private static Map<Long, TaskRow> lockTasks(Connection connection, List<Settlement> settlements)
      throws SQLException {
    Set<Long> ids = new TreeSet<>();
    settlements.forEach(settlement -> ids.add(settlement.delivery().taskId()));
    Days days = Days.of(settlements.stream().map(s -> s.delivery().day()).toList());
    return TaskRows.lock(connection, ids, days);
  }

  /**
   * Those that count: an operator may have cancelled the task, and even re-run it, while one was
   * under way; a transaction whose commit was in doubt may have been committed. History has such a
   * send too, but it moves nothing.
   */
  private static List<Settlement> removeFromHotTable(
      Connection connection, List<Settlement> settlements, Map<Long, TaskRow> tasks)
      throws SQLException {
    List<Delivery> deliveries = settlements.stream().map(Settlement::delivery).toList();
    Set<DeliveryKey> present = Deliveries.present(connection, deliveries);
    List<Settlement> valid = new ArrayList<>();
    List<Settlement> missing = new ArrayList<>();
    for (Settlement settlement : settlements) {
      TaskRow task = tasks.get(settlement.delivery().taskId());
      if (task == null || task.state() == TaskState.PENDING) {
        boolean stands = present.contains(settlement.delivery().key());
        (stands ? valid : missing).add(settlement);
      }
    }
    if (!missing.isEmpty()) {
      valid.addAll(elsewhere(connection, missing));
    }
    if (!valid.isEmpty()) {
      Deliveries.delete(connection, valid.stream().map(Settlement::delivery).toList());
    }
    return valid;
  }

  /** Those whose deliveries an operator has put at another place of the queue meanwhile. */
  private static List<Settlement> elsewhere(Connection connection, List<Settlement> missing)
      throws SQLException {
    Set<Long> ids = new TreeSet<>();
    missing.forEach(settlement -> ids.add(settlement.delivery().taskId()));
    Map<DeliveryKey, Delivery> standing = new HashMap<>();
    Deliveries.ofTasks(connection, ids).forEach(row -> standing.put(row.key(), row));
    List<Settlement> found = new ArrayList<>();
    for (Settlement settlement : missing) {
      Delivery now = standing.get(settlement.delivery().key());
      if (now != null && settlement.delivery().isOnlyMoved(now)) {
        found.add(settlement.of(now));
      }
    }
    return found;
  }

  private static List<TaskRow> changed(
      Connection connection, List<Settlement> settlements, Map<Long, TaskRow> tasks)
      throws SQLException {
    Map<Long, List<Settlement>> byTask = new HashMap<>();
    for (Settlement settlement : settlements) {
      byTask
          .computeIfAbsent(settlement.delivery().taskId(), id -> new ArrayList<>(2))
          .add(settlement);
    }
    Set<Long> unfinished = new TreeSet<>();
    byTask.forEach(
        (id, some) -> {
          TaskRow task = tasks.get(id);
          if (task != null && task.waiting() > settled(some)) {
            unfinished.add(id);
          }
        });
    Map<Long, Deliveries.Waiting> waiting = Deliveries.waiting(connection, unfinished);
    List<TaskRow> changed = new ArrayList<>();
    for (TaskRow task : tasks.values()) {
      List<Settlement> some = byTask.get(task.id());
      if (some != null) {
        changed.add(after(task, some, waiting.get(task.id())));
      }
    }
    return changed;
  }

  private static long settled(List<Settlement> settlements) {
    return settlements.stream().filter(settlement -> settlement.again() == null).count();
  }

  private static TaskRow after(
      TaskRow task, List<Settlement> some, Deliveries.@Nullable Waiting left) {
    int failed = task.failed() + (int) some.stream().filter(Settlement::failedForGood).count();
    int failures = some.stream().mapToInt(Settlement::failures).max().orElse(0);
    int count = left == null ? 0 : left.count();
    return task.become(
            TaskState.of(count, failed), count, failed, left == null ? null : left.earliest())
        .retry(failures);
  }
}
