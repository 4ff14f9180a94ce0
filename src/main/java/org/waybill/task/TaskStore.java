package org.waybill.task;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.waybill.ledger.Postings;
import org.waybill.platform.Columns;
import org.waybill.platform.MultiRowInsert;
import org.waybill.platform.MultiRowInsert.Values;

/**
 * Writes new tasks with all that belongs to them: {@code tasks}, {@code tasks_data} and the {@code
 * deliveries} to be sent, a multi-row statement each, in the transaction that stores their CDRs.
 */
@ApplicationScoped
public class TaskStore {
  private static final MultiRowInsert<Drafted> TASKS =
      new MultiRowInsert<>(
          "tasks",
          List.of(
              "id_normalized_cdrs",
              "task_type",
              "create_time",
              "next_attempt",
              "priority",
              "TableSuffix",
              "rmOrgID",
              "waiting",
              "source"),
          TaskStore::bindTask);
  private static final MultiRowInsert<Numbered> DATA =
      new MultiRowInsert<>(
          "tasks_data", List.of("id_tasks", "xml_fragment", "TableSuffix"), TaskStore::bindData);
  private static final MultiRowInsert<Routed> DELIVERIES =
      new MultiRowInsert<>(
          "deliveries",
          List.of(
              "id_gateways",
              "lane",
              "due_at",
              "id_tasks",
              "kind",
              "item",
              "TableSuffix",
              "id_normalized_cdrs",
              "rmOrgID",
              "created_at"),
          TaskStore::bindDelivery);

  private final Gateways gateways;

  @Inject
  public TaskStore(Gateways gateways) {
    this.gateways = gateways;
  }

  @SuppressWarnings("NullAway") // only for the proxy, which never calls it
  protected TaskStore() {
    this.gateways = null;
  }

  /** A task and what there is to send for it. */
  private record Drafted(NewTaskRow row, List<PlannedDelivery> plan) {}

  /** The same with the id that its row was given. */
  private record Numbered(NewTaskRow row, long id, List<PlannedDelivery> plan) {}

  /** A delivery and the queue into which it goes. */
  private record Routed(Numbered task, PlannedDelivery delivery, int queue) {}

  /** What an insert made: the tasks, in the order given, and how much there is to send. */
  public record Inserted(List<StoredTask> tasks, int deliveries) {}

  /** Writes tasks, in the ledger, too. */
  public Inserted insert(Connection connection, List<NewTaskRow> rows) throws SQLException {
    Postings postings = new Postings();
    Inserted inserted = insert(connection, rows, postings);
    postings.write(connection);
    return inserted;
  }

  /**
   * The same for who writes postings of his own.
   *
   * @param postings to which those of the tasks are added
   */
  public Inserted insert(Connection connection, List<NewTaskRow> rows, Postings postings)
      throws SQLException {
    if (rows.isEmpty()) {
      return new Inserted(List.of(), 0);
    }
    List<Drafted> drafts = drafts(rows);
    List<Numbered> numbered = numbered(drafts, TASKS.insertNumbered(connection, drafts));
    DATA.insert(connection, numbered);
    List<Routed> deliveries = routed(numbered);
    DELIVERIES.insert(connection, deliveries);
    TaskPostings.made(rows, postings);
    List<StoredTask> tasks = new ArrayList<>(rows.size());
    for (Numbered task : numbered) {
      NewTask kind = task.row().task();
      tasks.add(new StoredTask(task.id(), task.row().cdrId(), kind.type(), kind.priority()));
    }
    return new Inserted(tasks, deliveries.size());
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

  private static List<Drafted> drafts(List<NewTaskRow> rows) {
    return rows.stream().map(row -> new Drafted(row, FanOut.deliveries(row.task()))).toList();
  }

  private static List<Numbered> numbered(List<Drafted> drafts, List<Long> ids) {
    List<Numbered> numbered = new ArrayList<>(ids.size());
    for (int i = 0; i < ids.size(); i++) {
      numbered.add(new Numbered(drafts.get(i).row(), ids.get(i), drafts.get(i).plan()));
    }
    return numbered;
  }

  private List<Routed> routed(List<Numbered> tasks) {
    AddressBook book = gateways.book();
    List<Routed> routed = new ArrayList<>();
    for (Numbered task : tasks) {
      for (PlannedDelivery delivery : task.plan()) {
        int queue = book.route(task.row().rmOrgId(), delivery.kind(), delivery.item());
        routed.add(new Routed(task, delivery, queue));
      }
    }
    return routed;
  }

  private static void bindTask(Values values, Drafted draft) throws SQLException {
    NewTaskRow row = draft.row();
    int waiting = draft.plan().size();
    String created = Columns.utcText(row.createTime());
    values
        .add(row.cdrId())
        .add(row.task().type())
        .add(created)
        .add(waiting > 0 ? created : null)
        .add(row.task().priority().word())
        .add(row.tableSuffix().toString())
        .add(row.rmOrgId())
        .add(waiting)
        .add(row.source());
  }

  private static void bindData(Values values, Numbered task) throws SQLException {
    values.add(task.id()).add(task.row().task().xml()).add(task.row().tableSuffix().toString());
  }

  private static void bindDelivery(Values values, Routed routed) throws SQLException {
    NewTaskRow row = routed.task().row();
    PlannedDelivery delivery = routed.delivery();
    String created = Columns.utcText(row.createTime());
    values
        .add(routed.queue())
        .add(delivery.priority().lane())
        .add(created)
        .add(routed.task().id())
        .add(delivery.kind().word())
        .add(delivery.item())
        .add(row.tableSuffix().toString())
        .add(row.cdrId())
        .add(row.rmOrgId())
        .add(created);
  }
}
