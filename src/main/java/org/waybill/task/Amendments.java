package org.waybill.task;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.waybill.cdr.Days;

/**
 * Changes what stored tasks say. One that sends something else then sends all of it, under the keys
 * of the next payload version: gateways replace what they have by it. One that an operator
 * cancelled stays cancelled.
 *
 * <p>A send of the former payload may be under way. Its row is therefore put at another place,
 * where its verdict does not find it, and its number of attempts is left to it.
 */
@ApplicationScoped
public class Amendments {
  private final Clock clock;
  private final Resends resends;

  @Inject
  public Amendments(Gateways gateways, Clock clock) {
    this.clock = clock;
    this.resends = new Resends(gateways);
  }

  @SuppressWarnings("NullAway") // only for the proxy, which never calls it
  protected Amendments() {
    this(null, null);
  }

  /** What is known of the tasks that are sent again. */
  private record Known(
      Map<Long, Integer> versions,
      Map<DeliveryKey, Delivery> waiting,
      Map<DeliveryKey, Attempts.Past> history) {}

  /**
   * To be called in the transaction that changes their CDRs, whose days are held (see {@link
   * org.waybill.cdr.OldDays#hold}). Ring for them once it is committed.
   *
   * @return how many deliveries wait now for what is sent again
   */
  public int amend(Connection connection, Collection<AmendedTask> amended) throws SQLException {
    if (amended.isEmpty()) {
      return 0;
    }
    Map<Long, TaskRow> tasks =
        TaskRows.lock(
            connection,
            new TreeSet<>(amended.stream().map(AmendedTask::id).toList()),
            Days.of(amended.stream().map(AmendedTask::day).toList()));
    List<AmendedTask> there = new ArrayList<>();
    Map<AmendedTask, TaskRow> again = new LinkedHashMap<>();
    for (AmendedTask one : amended) {
      TaskRow task = tasks.get(one.id());
      if (task != null) {
        there.add(one);
        if (one.resend() && task.state() != TaskState.CANCELLED) {
          again.put(one, task);
        }
      }
    }
    rewrite(connection, there);
    return again.isEmpty() ? 0 : resend(connection, again);
  }

  private static void rewrite(Connection connection, List<AmendedTask> amended)
      throws SQLException {
    String tasks =
        """
        UPDATE tasks SET priority = ?, payload_version = payload_version + ?
         WHERE id = ? AND TableSuffix = ?
        """;
    String data = "UPDATE tasks_data SET xml_fragment = ? WHERE id_tasks = ? AND TableSuffix = ?";
    try (PreparedStatement task = connection.prepareStatement(tasks);
        PreparedStatement fragment = connection.prepareStatement(data)) {
      for (AmendedTask one : amended) {
        task.setString(1, one.task().priority().word());
        task.setInt(2, one.resend() ? 1 : 0);
        task.setLong(3, one.id());
        task.setString(4, one.day().toString());
        task.addBatch();
        fragment.setString(1, one.task().xml());
        fragment.setLong(2, one.id());
        fragment.setString(3, one.day().toString());
        fragment.addBatch();
      }
      task.executeBatch();
      fragment.executeBatch();
    }
  }

  private int resend(Connection connection, Map<AmendedTask, TaskRow> again) throws SQLException {
    Known known = known(connection, again.keySet());
    if (!known.waiting().isEmpty()) {
      Deliveries.delete(connection, known.waiting().values());
    }
    Instant now = clock.instant().truncatedTo(ChronoUnit.MILLIS);
    List<Delivery> all = new ArrayList<>();
    List<TaskRow> after = new ArrayList<>();
    again.forEach(
        (one, task) -> {
          List<Delivery> own = deliveries(one, known, now);
          all.addAll(own);
          after.add(task.become(TaskState.PENDING, own.size(), 0, earliest(own)));
        });
    Deliveries.insert(connection, all);
    TaskRows.update(connection, after, null);
    return all.size();
  }

  private static @Nullable Instant earliest(List<Delivery> deliveries) {
    return deliveries.stream()
        .map(delivery -> delivery.place().dueAt())
        .min(Instant::compareTo)
        .orElse(null);
  }

  private static Known known(Connection connection, Set<AmendedTask> again) throws SQLException {
    List<Long> ids = again.stream().map(AmendedTask::id).toList();
    Days days = Days.of(again.stream().map(AmendedTask::day).toList());
    Map<Long, Integer> versions = new HashMap<>();
    TaskDocuments.read(connection, ids, days)
        .forEach((id, document) -> versions.put(id, document.payloadVersion()));
    Map<DeliveryKey, Delivery> waiting = new HashMap<>();
    Deliveries.ofTasks(connection, ids).forEach(row -> waiting.put(row.key(), row));
    return new Known(versions, waiting, Attempts.ofTasks(connection, ids, days));
  }

  private List<Delivery> deliveries(AmendedTask one, Known known, Instant now) {
    int version = known.versions().getOrDefault(one.id(), 1);
    List<Delivery> deliveries = new ArrayList<>();
    for (PlannedDelivery planned : FanOut.deliveries(one.task())) {
      DeliveryKey key = new DeliveryKey(one.id(), planned.kind(), planned.item());
      Delivery waiting = known.waiting().get(key);
      Resends.Turn turn = new Resends.Turn(Place.BULK, now);
      deliveries.add(
          waiting == null
              ? resends.of(key, one.origin(), version, known.history().get(key), turn)
              : replaced(waiting, planned, version, now));
    }
    return deliveries;
  }

  /**
   * One that waits keeps its place among its like, or nearly: never at the same moment, and not so
   * far back that the queue's owner would not look there soon.
   */
  private static Delivery replaced(
      Delivery waiting, PlannedDelivery planned, int version, Instant now) {
    Place before = waiting.place();
    Instant due = before.dueAt().isBefore(now) ? now : before.dueAt().plusMillis(1);
    int lane = before.lane() == Place.BULK ? Place.BULK : planned.priority().lane();
    return new Delivery(
        waiting.key(),
        new Place(before.queue(), lane, due),
        waiting.origin(),
        version,
        waiting.createdAt(),
        waiting.progress().leavingOne());
  }
}
