package org.waybill.report;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.waybill.cdr.Cdr;
import org.waybill.cdr.CdrDocuments;
import org.waybill.cdr.Days;
import org.waybill.cdr.StoredXml;
import org.waybill.platform.Columns;
import org.waybill.platform.Database;
import org.waybill.report.DeliveryTrace.SendTrace;
import org.waybill.report.DeliveryTrace.State;
import org.waybill.task.DeliveryKey;
import org.waybill.task.DeliveryKind;
import org.waybill.task.FanOut;
import org.waybill.task.Gateway;
import org.waybill.task.PlannedDelivery;
import org.waybill.task.TaskDocuments;
import org.waybill.task.TaskDocuments.TaskDocument;
import org.waybill.task.TaskState;
import org.waybill.task.TaskXml;

/**
 * Tells the story of a task: what its document plans, what still waits in the hot table, and what
 * history says of the rest.
 */
@ApplicationScoped
public class TaskTraces {
  private final Database database;

  @Inject
  public TaskTraces(Database database) {
    this.database = database;
  }

  /** For the proxy of CDI only. */
  @SuppressWarnings("NullAway")
  protected TaskTraces() {
    this.database = null;
  }

  public TaskTrace trace(TaskLine task) {
    return database.read(
        "trace task " + task.id(),
        connection -> {
          Map<DeliveryKey, Hot> hot = hot(connection, task);
          Map<DeliveryKey, List<SendTrace>> sends = sends(connection, task);
          List<DeliveryTrace> deliveries = new ArrayList<>();
          Plan plan = plan(connection, task);
          for (PlannedDelivery planned : plan.deliveries()) {
            DeliveryKey key = new DeliveryKey(task.id(), planned.kind(), planned.item());
            List<SendTrace> history = sends.getOrDefault(key, List.of());
            State settled = settled(task.state(), plan.payloadVersion(), history);
            deliveries.add(
                delivery(
                    planned, key, hot.get(key), new Told(plan.payloadVersion(), history, settled)));
          }
          return new TaskTrace(task, deliveries, failures(connection, task));
        });
  }

  private record Hot(int gateway, Instant dueAt) {}

  /** What a task sends as its document is now. */
  private record Plan(int payloadVersion, List<PlannedDelivery> deliveries) {}

  /** What is known of a delivery beside the hot table. */
  private record Told(int payloadVersion, List<SendTrace> history, State settled) {}

  private static DeliveryTrace delivery(
      PlannedDelivery planned, DeliveryKey key, @Nullable Hot hot, Told told) {
    List<SendTrace> history = told.history();
    int last = history.isEmpty() ? Gateway.NONE : history.get(history.size() - 1).gateway();
    return new DeliveryTrace(
        key,
        planned.priority(),
        hot == null ? told.settled() : State.WAITING,
        told.payloadVersion(),
        hot == null ? last : hot.gateway(),
        hot == null ? null : hot.dueAt(),
        history);
  }

  /** What was delivered before an amendment is not what is to be delivered. */
  private static State settled(TaskState task, int payloadVersion, List<SendTrace> history) {
    boolean delivered =
        history.stream()
            .filter(send -> send.payloadVersion() >= payloadVersion)
            .anyMatch(send -> send.outcome().equals("delivered"));
    if (delivered || task == TaskState.DONE) {
      return State.DELIVERED;
    }
    boolean failed =
        !history.isEmpty() && history.get(history.size() - 1).outcome().equals("failed");
    return task == TaskState.CANCELLED && !failed ? State.CANCELLED : State.FAILED;
  }

  private static Plan plan(Connection connection, TaskLine task) throws SQLException {
    Days day = new Days(task.tableSuffix(), task.tableSuffix());
    TaskDocument document = TaskDocuments.read(connection, List.of(task.id()), day).get(task.id());
    String xml =
        CdrDocuments.read(connection, List.of(task.cdrId()), day, Long.MAX_VALUE).get(task.cdrId());
    if (document == null || xml == null) {
      return new Plan(1, List.of());
    }
    Cdr cdr = StoredXml.cdr(xml);
    return new Plan(
        document.payloadVersion(),
        FanOut.deliveries(
            TaskXml.read(document.type(), document.priority(), document.fragment(), cdr)));
  }

  private static Map<DeliveryKey, Hot> hot(Connection connection, TaskLine task)
      throws SQLException {
    String sql = "SELECT kind, item, id_gateways, due_at FROM deliveries WHERE id_tasks = ?";
    Map<DeliveryKey, Hot> hot = new HashMap<>();
    try (PreparedStatement select = connection.prepareStatement(sql)) {
      select.setLong(1, task.id());
      try (ResultSet row = select.executeQuery()) {
        while (row.next()) {
          hot.put(
              key(task, row), new Hot(row.getInt("id_gateways"), Columns.instant(row, "due_at")));
        }
      }
    }
    return hot;
  }

  private static Map<DeliveryKey, List<SendTrace>> sends(Connection connection, TaskLine task)
      throws SQLException {
    String sql =
        """
        SELECT kind, item, attempt, payload_version, id_gateways, node, started_at, duration_ms, outcome, status,
               error, response_head
          FROM attempts WHERE id_tasks = ? AND TableSuffix = ? ORDER BY attempt
        """;
    Map<DeliveryKey, List<SendTrace>> sends = new HashMap<>();
    try (PreparedStatement select = connection.prepareStatement(sql)) {
      select.setLong(1, task.id());
      select.setString(2, task.tableSuffix().toString());
      try (ResultSet row = select.executeQuery()) {
        while (row.next()) {
          sends.computeIfAbsent(key(task, row), key -> new ArrayList<>()).add(send(row));
        }
      }
    }
    return sends;
  }

  private static SendTrace send(ResultSet row) throws SQLException {
    return new SendTrace(
        row.getInt("attempt"),
        row.getInt("payload_version"),
        row.getInt("id_gateways"),
        row.getInt("node"),
        Columns.instant(row, "started_at"),
        row.getInt("duration_ms"),
        row.getString("outcome"),
        row.getObject("status", Integer.class),
        row.getString("error"),
        row.getString("response_head"));
  }

  private static TaskTrace.@Nullable Failures failures(Connection connection, TaskLine task)
      throws SQLException {
    String sql =
        """
        SELECT description, first_error_date, last_error_date FROM tasks_error
         WHERE id_tasks = ? AND TableSuffix = ?
        """;
    try (PreparedStatement select = connection.prepareStatement(sql)) {
      select.setLong(1, task.id());
      select.setString(2, task.tableSuffix().toString());
      try (ResultSet row = select.executeQuery()) {
        return row.next()
            ? new TaskTrace.Failures(
                row.getString("description"),
                Columns.instant(row, "first_error_date"),
                Columns.instant(row, "last_error_date"))
            : null;
      }
    }
  }

  private static DeliveryKey key(TaskLine task, ResultSet row) throws SQLException {
    return new DeliveryKey(
        task.id(), DeliveryKind.ofWord(row.getString("kind")), row.getInt("item"));
  }
}
