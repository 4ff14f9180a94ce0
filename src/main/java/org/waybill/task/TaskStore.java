package org.waybill.task;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.waybill.platform.Columns;

/**
 * Writes new tasks with all that belongs to them: {@code tasks}, {@code tasks_data} and the {@code
 * deliveries} to be sent, a multi-row statement each, in the transaction that stores their CDRs.
 */
@ApplicationScoped
public class TaskStore {
  private final Gateways gateways;

  @Inject
  public TaskStore(Gateways gateways) {
    this.gateways = gateways;
  }

  @SuppressWarnings("NullAway") // only for the proxy, which never calls it
  protected TaskStore() {
    this.gateways = null;
  }

  /** What an insert made: the tasks, in the order given, and how much there is to send. */
  public record Inserted(List<StoredTask> tasks, int deliveries) {}

  public Inserted insert(Connection connection, List<NewTaskRow> rows) throws SQLException {
    if (rows.isEmpty()) {
      return new Inserted(List.of(), 0);
    }
    List<List<PlannedDelivery>> plans =
        rows.stream().map(NewTaskRow::task).map(FanOut::deliveries).toList();
    List<Long> ids = insertTasks(connection, rows, plans);
    insertData(connection, rows, ids);
    int deliveries = insertDeliveries(connection, rows, plans, ids);
    List<StoredTask> tasks = new ArrayList<>(rows.size());
    for (int i = 0; i < rows.size(); i++) {
      NewTaskRow row = rows.get(i);
      tasks.add(new StoredTask(ids.get(i), row.cdrId(), row.task().type(), row.task().priority()));
    }
    return new Inserted(tasks, deliveries);
  }

  /** The tasks of stored CDRs, by the CDR's id, oldest first. */
  public Map<Long, List<StoredTask>> ofCdrs(Connection connection, Collection<Long> cdrIds)
      throws SQLException {
    Map<Long, List<StoredTask>> tasks = new HashMap<>();
    if (cdrIds.isEmpty()) {
      return tasks;
    }
    String sql =
        """
        SELECT id, id_normalized_cdrs, task_type, priority FROM tasks
         WHERE id_normalized_cdrs IN (%s) ORDER BY id
        """
            .formatted(Columns.placeholders(cdrIds.size()));
    try (PreparedStatement select = connection.prepareStatement(sql)) {
      int column = 1;
      for (long id : cdrIds) {
        select.setLong(column++, id);
      }
      try (ResultSet found = select.executeQuery()) {
        while (found.next()) {
          StoredTask task = task(found);
          tasks.computeIfAbsent(task.cdrId(), id -> new ArrayList<>()).add(task);
        }
      }
    }
    return tasks;
  }

  private static StoredTask task(ResultSet row) throws SQLException {
    return new StoredTask(
        row.getLong("id"),
        row.getLong("id_normalized_cdrs"),
        row.getString("task_type"),
        Priority.ofWord(row.getString("priority")));
  }

  private static List<Long> insertTasks(
      Connection connection, List<NewTaskRow> rows, List<List<PlannedDelivery>> plans)
      throws SQLException {
    String sql =
        """
        INSERT INTO tasks (id_normalized_cdrs, task_type, create_time, next_attempt, priority,
          TableSuffix, rmOrgID, waiting)
        VALUES (?, ?, ?, ?, ?, ?, ?, ?)
        """;
    try (PreparedStatement insert =
        connection.prepareStatement(sql, Statement.RETURN_GENERATED_KEYS)) {
      for (int i = 0; i < rows.size(); i++) {
        NewTaskRow row = rows.get(i);
        int waiting = plans.get(i).size();
        String created = Columns.utcText(row.createTime());
        insert.setLong(1, row.cdrId());
        insert.setString(2, row.task().type());
        insert.setString(3, created);
        insert.setString(4, waiting > 0 ? created : null);
        insert.setString(5, row.task().priority().word());
        insert.setString(6, row.tableSuffix().toString());
        insert.setInt(7, row.rmOrgId());
        insert.setInt(8, waiting);
        insert.addBatch();
      }
      insert.executeBatch();
      return Columns.generatedKeys(insert, rows.size());
    }
  }

  private static void insertData(Connection connection, List<NewTaskRow> rows, List<Long> ids)
      throws SQLException {
    String sql = "INSERT INTO tasks_data (id_tasks, xml_fragment, TableSuffix) VALUES (?, ?, ?)";
    try (PreparedStatement insert = connection.prepareStatement(sql)) {
      for (int i = 0; i < rows.size(); i++) {
        insert.setLong(1, ids.get(i));
        insert.setBytes(2, rows.get(i).task().xml().getBytes(StandardCharsets.UTF_8));
        insert.setString(3, rows.get(i).tableSuffix().toString());
        insert.addBatch();
      }
      insert.executeBatch();
    }
  }

  private int insertDeliveries(
      Connection connection,
      List<NewTaskRow> rows,
      List<List<PlannedDelivery>> plans,
      List<Long> ids)
      throws SQLException {
    String sql =
        """
        INSERT INTO deliveries (id_gateways, lane, due_at, id_tasks, kind, item, TableSuffix,
          id_normalized_cdrs, rmOrgID, created_at)
        VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
        """;
    AddressBook book = gateways.book();
    int deliveries = 0;
    try (PreparedStatement insert = connection.prepareStatement(sql)) {
      for (int i = 0; i < rows.size(); i++) {
        for (PlannedDelivery delivery : plans.get(i)) {
          bind(insert, rows.get(i), ids.get(i), delivery, book);
          insert.addBatch();
          deliveries++;
        }
      }
      if (deliveries > 0) {
        insert.executeBatch();
      }
    }
    return deliveries;
  }

  private static void bind(
      PreparedStatement insert, NewTaskRow row, long id, PlannedDelivery delivery, AddressBook book)
      throws SQLException {
    String created = Columns.utcText(row.createTime());
    insert.setInt(1, book.route(row.rmOrgId(), delivery.kind(), delivery.item()));
    insert.setInt(2, delivery.priority().lane());
    insert.setString(3, created);
    insert.setLong(4, id);
    insert.setString(5, delivery.kind().word());
    insert.setInt(6, delivery.item());
    insert.setString(7, row.tableSuffix().toString());
    insert.setLong(8, row.cdrId());
    insert.setInt(9, row.rmOrgId());
    insert.setString(10, created);
  }
}
