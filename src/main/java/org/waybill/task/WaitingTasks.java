package org.waybill.task;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;
import org.waybill.cdr.Days;
import org.waybill.platform.Columns;

/**
 * What operators do to many tasks at once that need not be made anew: end them, hurry them or put
 * them off. What is about to be sent, some dozens a gateway, may still go as before, and counts.
 */
final class WaitingTasks {
  private final Clock clock;

  WaitingTasks(Clock clock) {
    this.clock = clock;
  }

  /** Ends those that wait, and gives up those that failed. */
  static Map<Long, Steering> cancel(Connection connection, Collection<Long> ids)
      throws SQLException {
    Map<Long, TaskRow> tasks = TaskRows.lock(connection, ids);
    List<TaskRow> able = able(tasks, TaskState::mayBeGivenUp);
    List<Long> pending = ids(able);
    Map<Long, Deliveries.Waiting> waiting = Deliveries.waiting(connection, pending);
    Deliveries.deleteOfTasks(connection, waiting.keySet());
    Map<Long, Steering> steerings = new HashMap<>();
    List<TaskRow> after = new ArrayList<>();
    for (TaskRow task : able) {
      Deliveries.Waiting own = waiting.get(task.id());
      int deliveries = own == null ? 0 : own.count();
      after.add(task.become(TaskState.CANCELLED, 0, task.failed(), null));
      steerings.put(task.id(), new Steering.Changed(task.state(), TaskState.CANCELLED, deliveries));
    }
    TaskRows.update(connection, after, null);
    return inOrder(ids, tasks, steerings);
  }

  /** Lets what waits be served in that order; a bulk re-run keeps its lane. */
  Map<Long, Steering> priority(Connection connection, Collection<Long> ids, Priority priority)
      throws SQLException {
    Map<Long, TaskRow> tasks = TaskRows.lock(connection, ids);
    List<TaskRow> able = able(tasks, state -> state == TaskState.PENDING);
    write(connection, able, priority);
    Instant now = clock.instant();
    return move(connection, ids, tasks, able, place -> hurried(place, priority, now));
  }

  /** Never behind where the queue's owner has read. */
  private static Place hurried(Place place, Priority priority, Instant now) {
    if (place.lane() == Place.BULK || place.lane() == priority.lane()) {
      return place;
    }
    Instant due = place.dueAt().isBefore(now) ? now : place.dueAt();
    return new Place(place.queue(), priority.lane(), due);
  }

  private static void write(Connection connection, List<TaskRow> tasks, Priority priority)
      throws SQLException {
    if (tasks.isEmpty()) {
      return;
    }
    String sql =
        "UPDATE tasks SET priority = ? WHERE id IN (%s) AND TableSuffix BETWEEN ? AND ?"
            .formatted(Columns.placeholders(tasks.size()));
    Days days = Days.of(tasks.stream().map(TaskRow::day).toList());
    try (PreparedStatement update = connection.prepareStatement(sql)) {
      int column = 1;
      update.setString(column++, priority.word());
      for (TaskRow task : tasks) {
        update.setLong(column++, task.id());
      }
      update.setString(column++, days.first().toString());
      update.setString(column, days.last().toString());
      update.executeUpdate();
    }
  }

  /** Sends nothing of them before then; what is due later stays so. */
  static Map<Long, Steering> postpone(Connection connection, Collection<Long> ids, Instant until)
      throws SQLException {
    Map<Long, TaskRow> tasks = TaskRows.lock(connection, ids);
    List<TaskRow> able = able(tasks, state -> state == TaskState.PENDING);
    return move(
        connection,
        ids,
        tasks,
        able,
        place -> place.dueAt().isBefore(until) ? place.dueAt(until) : place);
  }

  /** Sends the first that a queue waits for now, where nothing of it is due. */
  static void hurry(Connection connection, int queue, Instant now) throws SQLException {
    Optional<Delivery> first = Deliveries.first(connection, queue);
    if (first.isEmpty() || !first.get().place().dueAt().isAfter(now)) {
      return;
    }
    List<Long> ids = List.of(first.get().taskId());
    Map<Long, TaskRow> tasks = TaskRows.lock(connection, ids);
    List<TaskRow> able = able(tasks, state -> state == TaskState.PENDING);
    move(connection, ids, tasks, able, place -> place.queue() == queue ? place.dueAt(now) : place);
  }

  private static Map<Long, Steering> move(
      Connection connection,
      Collection<Long> ids,
      Map<Long, TaskRow> tasks,
      List<TaskRow> able,
      UnaryOperator<Place> to)
      throws SQLException {
    Map<Long, List<Delivery>> waiting = new HashMap<>();
    Map<Delivery, Place> moves = new LinkedHashMap<>();
    if (!able.isEmpty()) {
      for (Delivery delivery : Deliveries.ofTasks(connection, ids(able))) {
        waiting.computeIfAbsent(delivery.taskId(), id -> new ArrayList<>()).add(delivery);
        if (!to.apply(delivery.place()).equals(delivery.place())) {
          moves.put(delivery, to.apply(delivery.place()));
        }
      }
    }
    Deliveries.place(connection, moves);
    Map<Long, Steering> steerings = new HashMap<>();
    List<TaskRow> after = new ArrayList<>();
    for (TaskRow task : able) {
      List<Delivery> own = waiting.getOrDefault(task.id(), List.of());
      Instant next =
          own.stream()
              .map(delivery -> to.apply(delivery.place()).dueAt())
              .min(Instant::compareTo)
              .orElse(null);
      after.add(task.become(TaskState.PENDING, task.waiting(), task.failed(), next));
      int moved = (int) own.stream().filter(moves::containsKey).count();
      steerings.put(task.id(), new Steering.Changed(task.state(), TaskState.PENDING, moved));
    }
    TaskRows.update(connection, after, null);
    return inOrder(ids, tasks, steerings);
  }

  private static List<TaskRow> able(Map<Long, TaskRow> tasks, Predicate<TaskState> allowed) {
    return new TreeMap<>(tasks)
        .values().stream().filter(task -> allowed.test(task.state())).toList();
  }

  private static List<Long> ids(List<TaskRow> tasks) {
    return tasks.stream().map(TaskRow::id).toList();
  }

  private static Map<Long, Steering> inOrder(
      Collection<Long> ids, Map<Long, TaskRow> tasks, Map<Long, Steering> changed) {
    Map<Long, Steering> steerings = new LinkedHashMap<>();
    for (long id : ids) {
      TaskRow task = tasks.get(id);
      Steering otherwise =
          task == null ? new Steering.Unknown() : new Steering.Forbidden(task.state());
      steerings.put(id, changed.getOrDefault(id, otherwise));
    }
    return steerings;
  }
}
