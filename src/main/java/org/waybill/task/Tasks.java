package org.waybill.task;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.function.Predicate;
import org.waybill.access.Audit;
import org.waybill.platform.Database;

/** An operator's steering of tasks. */
@ApplicationScoped
public class Tasks {
  private final Database database;
  private final WorkBell bell;
  private final Reruns reruns;
  private final WaitingTasks waiting;

  @Inject
  public Tasks(Database database, Gateways gateways, WorkBell bell, Clock clock) {
    this.database = database;
    this.bell = bell;
    this.reruns = new Reruns(gateways, clock);
    this.waiting = new WaitingTasks(clock);
  }

  @SuppressWarnings("NullAway") // only for the proxy, which never calls it
  protected Tasks() {
    this(null, null, null, null);
  }

  /**
   * Sends again what was not delivered, on a fresh schedule and under the same idempotency keys.
   *
   * @param force also a task that is done: then all of it
   * @param line the audit line, where something is changed
   */
  public Steering rerun(long id, boolean force, Function<Steering.Changed, Audit.Entry> line) {
    Steering steering =
        steer(
            "re-run task ",
            id,
            state -> state.mayBeRerun(force),
            (connection, task) -> rerun(connection, task, force),
            line);
    bell.ring();
    return steering;
  }

  /**
   * Takes what still waits out of the queues. What is under way just now may still arrive.
   *
   * @param line the audit line, where something is changed
   */
  public Steering cancel(long id, Function<Steering.Changed, Audit.Entry> line) {
    return steer("cancel task ", id, TaskState::mayBeCancelled, Tasks::cancel, line);
  }

  /** Sees to it that something of a queue is due: where all of it waits, the first does no more. */
  public static void hurry(Connection connection, int queue, Instant now) throws SQLException {
    WaitingTasks.hurry(connection, queue, now);
  }

  /** A change of a task that is locked. */
  @FunctionalInterface
  private interface Change {
    Steering of(Connection connection, TaskRow task) throws SQLException;
  }

  /** The change and its audit line are there together or not at all. */
  private Steering steer(
      String wish,
      long id,
      Predicate<TaskState> allowed,
      Change change,
      Function<Steering.Changed, Audit.Entry> line) {
    return database.transact(
        wish + id,
        connection -> {
          TaskRow task = TaskRows.lock(connection, id);
          if (task == null) {
            return new Steering.Unknown();
          }
          if (!allowed.test(task.state())) {
            return new Steering.Forbidden(task.state());
          }
          Steering steering = change.of(connection, task);
          if (steering instanceof Steering.Changed changed) {
            Audit.record(connection, line.apply(changed));
          }
          return steering;
        });
  }

  private static Steering cancel(Connection connection, TaskRow task) throws SQLException {
    int deliveries = Deliveries.deleteOfTask(connection, task.id());
    TaskRow cancelled = task.become(TaskState.CANCELLED, 0, task.failed(), null);
    TaskRows.update(connection, List.of(cancelled), null);
    return new Steering.Changed(task.state(), TaskState.CANCELLED, deliveries);
  }

  private Steering rerun(Connection connection, TaskRow task, boolean force) throws SQLException {
    return reruns
        .run(connection, List.of(task.id()), new Reruns.Manner(force, null))
        .getOrDefault(task.id(), new Steering.Unknown());
  }

  /**
   * Does the same for failed and cancelled tasks of a bulk re-run, in the lane that gives way to
   * fresh work. Ring for them once this is committed.
   *
   * @return what came of each, in the order given
   */
  public Map<Long, Steering> rerunInBulk(Connection connection, List<Long> ids)
      throws SQLException {
    return reruns.run(connection, ids, new Reruns.Manner(false, Place.BULK));
  }

  /** Ends those that wait, and gives up those that failed; what came of each. */
  public Map<Long, Steering> cancelInBulk(Connection connection, List<Long> ids)
      throws SQLException {
    return WaitingTasks.cancel(connection, ids);
  }

  /** Changes how soon those that wait are served. Ring for them once this is committed. */
  public Map<Long, Steering> changePriority(
      Connection connection, List<Long> ids, Priority priority) throws SQLException {
    return waiting.priority(connection, ids, priority);
  }

  /** Lets those that wait be sent then at the earliest. */
  public Map<Long, Steering> postpone(Connection connection, List<Long> ids, Instant until)
      throws SQLException {
    return WaitingTasks.postpone(connection, ids, until);
  }
}
