package org.waybill.task;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.waybill.access.Audit;
import org.waybill.cdr.Cdr;
import org.waybill.cdr.CdrDocuments;
import org.waybill.cdr.Days;
import org.waybill.cdr.OldDays;
import org.waybill.cdr.StoredXml;
import org.waybill.platform.Database;
import org.waybill.platform.WaybillException;
import org.waybill.task.TaskDocuments.TaskDocument;

/** An operator's steering of one task. */
@ApplicationScoped
public class Tasks {
  private final Database database;
  private final Gateways gateways;
  private final WorkBell bell;
  private final Clock clock;
  private final OldDays oldDays = new OldDays();

  @Inject
  public Tasks(Database database, Gateways gateways, WorkBell bell, Clock clock) {
    this.database = database;
    this.gateways = gateways;
    this.bell = bell;
    this.clock = clock;
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
        steer("re-run task ", id, state -> state.mayBeRerun(force), this::rerun, line);
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

  private Steering rerun(Connection connection, TaskRow task) throws SQLException {
    if (!oldDays.hold(connection, task.day())) {
      return new Steering.Unknown(); // its day is leaving just now
    }
    Days day = new Days(task.day(), task.day());
    TaskDocument document = TaskDocuments.read(connection, List.of(task.id()), day).get(task.id());
    if (document == null) {
      throw new WaybillException(
          "WB-TASK-01 Task " + task.id() + " cannot be re-run: its row in tasks_data is missing.");
    }
    Instant now = clock.instant();
    List<PlannedDelivery> plan = plan(connection, document, day);
    Delivery.Origin origin = new Delivery.Origin(document.cdrId(), task.day(), document.rmOrgId());
    Map<DeliveryKey, Attempts.Past> history =
        Attempts.ofTask(connection, task.id(), task.day().toString());
    List<Delivery> missing = new ArrayList<>();
    for (PlannedDelivery planned : plan) {
      DeliveryKey key = new DeliveryKey(task.id(), planned.kind(), planned.item());
      Attempts.@Nullable Past past = history.get(key);
      if (past == null || !past.delivered() || task.state() == TaskState.DONE) {
        int lane = planned.priority().lane();
        missing.add(again(key, origin, new Place(queue(key, origin, past), lane, now), past));
      }
    }
    Deliveries.insert(connection, missing);
    // A task of a type that nobody handles goes back to waiting for somebody who does.
    TaskState next = missing.isEmpty() && !plan.isEmpty() ? TaskState.DONE : TaskState.PENDING;
    TaskRow pending =
        task.become(TaskState.PENDING, missing.size(), 0, missing.isEmpty() ? null : now);
    TaskRow after = next == TaskState.PENDING ? pending : pending.become(next, 0, 0, null);
    TaskRows.update(connection, List.of(after), null);
    return new Steering.Changed(task.state(), next, missing.size());
  }

  private static List<PlannedDelivery> plan(Connection connection, TaskDocument document, Days day)
      throws SQLException {
    long cdrId = document.cdrId();
    String xml = CdrDocuments.read(connection, List.of(cdrId), day, Long.MAX_VALUE).get(cdrId);
    if (xml == null) {
      throw new WaybillException(
          "WB-TASK-02 A task cannot be re-run: its CDR " + cdrId + " is missing.");
    }
    Cdr cdr = StoredXml.cdr(xml);
    return FanOut.deliveries(
        TaskXml.read(document.type(), document.priority(), document.fragment(), cdr));
  }

  private static Delivery again(
      DeliveryKey key, Delivery.Origin origin, Place place, Attempts.@Nullable Past past) {
    Progress progress =
        past == null
            ? Progress.NONE
            : new Progress(
                place.queue() == past.lastGateway(), past.sends(), 0, past.failures(), null, null);
    return new Delivery(key, place, origin, 1, place.dueAt(), progress);
  }

  /** It stays with the gateway that it was sent to, for as long as that one is in use. */
  private int queue(DeliveryKey key, Delivery.Origin origin, Attempts.@Nullable Past past) {
    AddressBook book = gateways.book();
    if (past != null && book.find(past.lastGateway()).filter(Gateway::active).isPresent()) {
      return past.lastGateway();
    }
    return book.route(origin.rmOrgId(), key.kind(), key.item());
  }
}
