package org.waybill.report;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
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
  }

  /** In the order of the groups. One statement, so that no entry is seen twice or not at all. */
  public List<TaskFigures> ask(Question question) {
    Where where = question.where();
    String sql =
        """
        SELECT %1$s AS g, SUM(IF(account = 'pending', amount, 0)) AS pending,
          SUM(IF(account = 'done', amount, 0)) AS done,
          SUM(IF(account = 'failed', amount, 0)) AS failed,
          SUM(IF(account = 'cancelled', amount, 0)) AS cancelled
          FROM (SELECT day, source, rmOrgID, account, task_type, amount FROM ledger
                 UNION ALL
                SELECT day, source, rmOrgID, account, task_type, amount FROM ledger_entries) l
         WHERE task_type <> '' AND account <> 'task' AND %2$s
         GROUP BY %1$s HAVING SUM(amount) > 0 ORDER BY %1$s
        """
            .formatted(question.by().column(), where.sql());
    return database.read("count tasks", connection -> figures(connection, sql, where));
  }

  private static List<TaskFigures> figures(Connection connection, String sql, Where where)
      throws SQLException {
    List<TaskFigures> figures = new ArrayList<>();
    try (PreparedStatement select = connection.prepareStatement(sql)) {
      where.bind(select);
      try (ResultSet row = select.executeQuery()) {
        while (row.next()) {
          long pending = row.getLong("pending");
          long done = row.getLong("done");
          long failed = row.getLong("failed");
          long cancelled = row.getLong("cancelled");
          long tasks = pending + done + failed + cancelled;
          figures.add(new TaskFigures(row.getString("g"), tasks, pending, done, failed, cancelled));
        }
      }
    }
    return figures;
  }
}
