package org.waybill.report;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.waybill.ledger.Account;
import org.waybill.ledger.Entries;
import org.waybill.ledger.Entry;
import org.waybill.ledger.Page;
import org.waybill.platform.Database;
import org.waybill.platform.Where;

/**
 * Counts tasks by the ledger, in which each change of a state is: never by the tasks themselves.
 */
@ApplicationScoped
public class TaskStatistics {
  private final Database database;

  @Inject
  public TaskStatistics(Database database) {
    this.database = database;
  }

  /** For the proxy of CDI only. */
  @SuppressWarnings("NullAway")
  protected TaskStatistics() {
    this.database = null;
  }

  /**
   * Which tasks; null means any.
   *
   * @param from first day of creation, UTC
   * @param to the day after the last
   */
  public record Question(
      @Nullable LocalDate from,
      @Nullable LocalDate to,
      @Nullable Integer rmOrgId,
      @Nullable String type,
      TaskGroup by) {

    private Where where() {
      return new Where()
          .and("day >= ?", from == null ? null : from.toString())
          .and("day < ?", to == null ? null : to.toString())
          .and("rmOrgID = ?", rmOrgId)
          .and("task_type = ?", type);
    }

    private boolean isAbout(Entry entry) {
      LocalDate day = entry.page().day();
      return TaskGroup.isState(entry)
          && (from == null || !day.isBefore(from))
          && (to == null || day.isBefore(to))
          && (rmOrgId == null || rmOrgId.equals(entry.page().rmOrgId()))
          && (type == null || type.equals(entry.taskType()));
    }
  }

  /** In the order of the groups. */
  public List<TaskFigures> ask(Question question) {
    Map<String, Map<Account, Long>> groups = new TreeMap<>();
    for (Entry entry : database.snapshot("count tasks", connection -> read(connection, question))) {
      groups
          .computeIfAbsent(question.by().of(entry), group -> new EnumMap<>(Account.class))
          .merge(entry.account(), entry.count(), Long::sum);
    }
    List<TaskFigures> figures = new ArrayList<>();
    groups.forEach((group, counts) -> figures.add(TaskFigures.of(group, counts)));
    figures.removeIf(group -> group.tasks() == 0);
    return figures;
  }

  private static List<Entry> read(Connection connection, Question question) throws SQLException {
    List<Entry> entries = new ArrayList<>(Entries.unfolded(connection));
    entries.removeIf(entry -> !question.isAbout(entry));
    Where where = question.where();
    String sql =
        """
        SELECT %s, account, SUM(amount) AS amount FROM ledger
         WHERE task_type <> '' AND account <> 'task' AND %s GROUP BY account, %s
        """
            .formatted(question.by().columns(), where.sql(), question.by().column());
    try (PreparedStatement select = connection.prepareStatement(sql)) {
      where.bind(select);
      try (ResultSet row = select.executeQuery()) {
        while (row.next()) {
          entries.add(entry(row));
        }
      }
    }
    return entries;
  }

  /** Only the column that is grouped by has a meaning. */
  private static Entry entry(ResultSet row) throws SQLException {
    return new Entry(
        Page.ofColumns(
            LocalDate.parse(row.getString("day")), row.getString("source"), row.getInt("rmOrgID")),
        Account.ofWord(row.getString("account")),
        row.getString("task_type"),
        row.getLong("amount"),
        0);
  }
}
