package org.waybill.task;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.waybill.cdr.Cdr;
import org.waybill.cdr.CdrDocuments;
import org.waybill.cdr.Days;
import org.waybill.cdr.OldDays;
import org.waybill.cdr.StoredXml;
import org.waybill.cdr.TableSuffix;
import org.waybill.platform.WaybillException;
import org.waybill.task.TaskDocuments.TaskDocument;

/** Puts tasks back to waiting, many in one transaction: one task's statements, each for all. */
final class Reruns {
  /** Documents that are longer are read one by one, for the sake of memory. */
  private static final long READ_TOGETHER = 100_000;

  private final Resends resends;
  private final Clock clock;
  private final OldDays oldDays = new OldDays();

  Reruns(Gateways gateways, Clock clock) {
    this.resends = new Resends(gateways);
    this.clock = clock;
  }

  /**
   * How a re-run is done.
   *
   * @param force tasks that are done, too: then all of each
   * @param lane where the deliveries wait; null for that of their own priority
   */
  record Manner(boolean force, @Nullable Integer lane) {}

  /** What is known of the tasks before their deliveries are made. */
  private record Known(
      Map<Long, TaskDocument> documents,
      Map<Long, Cdr> cdrs,
      Map<DeliveryKey, Attempts.Past> history) {}

  /** What came of each, in the order given. */
  Map<Long, Steering> run(Connection connection, Collection<Long> ids, Manner manner)
      throws SQLException {
    Map<Long, TaskRow> tasks = TaskRows.lock(connection, ids);
    Set<TableSuffix> leaving = leaving(connection, tasks.values());
    Map<Long, Steering> steerings = new LinkedHashMap<>();
    List<TaskRow> able = new ArrayList<>();
    for (long id : ids) {
      TaskRow task = tasks.get(id);
      if (task == null || leaving.contains(task.day())) {
        steerings.put(id, new Steering.Unknown());
      } else if (!task.state().mayBeRerun(manner.force())) {
        steerings.put(id, new Steering.Forbidden(task.state()));
      } else {
        able.add(task);
        steerings.put(id, new Steering.Unknown()); // keeps its place until it is changed below
      }
    }
    if (!able.isEmpty()) {
      steerings.putAll(rerun(connection, able, manner));
    }
    return steerings;
  }

  private Map<Long, Steering> rerun(Connection connection, List<TaskRow> tasks, Manner manner)
      throws SQLException {
    Known known = known(connection, tasks);
    Instant now = clock.instant();
    Map<Long, Steering> steerings = new HashMap<>();
    List<Delivery> allMissing = new ArrayList<>();
    List<TaskRow> after = new ArrayList<>();
    for (TaskRow task : tasks) {
      List<PlannedDelivery> plan = plan(task, known);
      List<Delivery> missing = missing(task, plan, known, manner, now);
      allMissing.addAll(missing);
      // A task of a type that nobody handles goes back to waiting for somebody who does.
      TaskState next = missing.isEmpty() && !plan.isEmpty() ? TaskState.DONE : TaskState.PENDING;
      TaskRow pending =
          task.become(TaskState.PENDING, missing.size(), 0, missing.isEmpty() ? null : now);
      after.add(next == TaskState.PENDING ? pending : pending.become(next, 0, 0, null));
      steerings.put(task.id(), new Steering.Changed(task.state(), next, missing.size()));
    }
    Deliveries.insert(connection, allMissing);
    TaskRows.update(connection, after, null);
    return steerings;
  }

  private Set<TableSuffix> leaving(Connection connection, Collection<TaskRow> tasks)
      throws SQLException {
    Set<TableSuffix> leaving = new TreeSet<>();
    for (TableSuffix day : new TreeSet<>(tasks.stream().map(TaskRow::day).toList())) {
      if (!oldDays.hold(connection, day)) {
        leaving.add(day);
      }
    }
    return leaving;
  }

  private static Known known(Connection connection, List<TaskRow> tasks) throws SQLException {
    List<Long> ids = tasks.stream().map(TaskRow::id).toList();
    Days days = Days.of(tasks.stream().map(TaskRow::day).toList());
    Map<Long, TaskDocument> documents = TaskDocuments.read(connection, ids, days);
    Set<Long> cdrIds = new TreeSet<>(documents.values().stream().map(TaskDocument::cdrId).toList());
    Map<Long, Cdr> cdrs = new HashMap<>();
    if (!cdrIds.isEmpty()) {
      CdrDocuments.read(connection, cdrIds, days, READ_TOGETHER)
          .forEach((id, xml) -> cdrs.put(id, StoredXml.cdr(xml)));
    }
    for (long id : cdrIds) {
      if (!cdrs.containsKey(id)) {
        CdrDocuments.read(connection, List.of(id), days, Long.MAX_VALUE)
            .forEach((same, xml) -> cdrs.put(same, StoredXml.cdr(xml)));
      }
    }
    return new Known(documents, cdrs, Attempts.ofTasks(connection, ids, days));
  }

  private static List<PlannedDelivery> plan(TaskRow task, Known known) {
    TaskDocument document = document(task, known);
    Cdr cdr = known.cdrs().get(document.cdrId());
    if (cdr == null) {
      throw new WaybillException(
          "WB-TASK-02 A task cannot be re-run: its CDR " + document.cdrId() + " is missing.");
    }
    return FanOut.deliveries(
        TaskXml.read(document.type(), document.priority(), document.fragment(), cdr));
  }

  private List<Delivery> missing(
      TaskRow task, List<PlannedDelivery> plan, Known known, Manner manner, Instant now) {
    TaskDocument document = document(task, known);
    Delivery.Origin origin = new Delivery.Origin(document.cdrId(), task.day(), document.rmOrgId());
    List<Delivery> missing = new ArrayList<>();
    for (PlannedDelivery planned : plan) {
      DeliveryKey key = new DeliveryKey(task.id(), planned.kind(), planned.item());
      Attempts.@Nullable Past past = known.history().get(key);
      int version = document.payloadVersion();
      if (past == null || !past.delivered(version) || task.state() == TaskState.DONE) {
        int lane = manner.lane() == null ? planned.priority().lane() : manner.lane();
        missing.add(resends.of(key, origin, version, past, new Resends.Turn(lane, now)));
      }
    }
    return missing;
  }

  private static TaskDocument document(TaskRow task, Known known) {
    TaskDocument document = known.documents().get(task.id());
    if (document == null) {
      throw new WaybillException(
          "WB-TASK-01 Task " + task.id() + " cannot be re-run: its row in tasks_data is missing.");
    }
    return document;
  }
}
