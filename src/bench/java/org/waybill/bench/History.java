package org.waybill.bench;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;

/** Finished tasks, as dispatch leaves them behind: a row each in tasks, tasks_data and attempts. */
final class History {
  private static final long CHUNK = 250_000;

  private final BenchDatabase database;

  History(BenchDatabase database) {
    this.database = database;
  }

  long finished() throws SQLException {
    return database.number("SELECT COUNT(*) FROM tasks WHERE done = 'y'");
  }

  /** Copies the newest finished task until there are so many. */
  void growTo(long count) throws SQLException {
    try (Connection connection = database.connect();
        Statement statement = connection.createStatement()) {
      for (long missing = count - finished(); missing > 0; missing -= CHUNK) {
        long before = BenchDatabase.number(connection, "SELECT MAX(id) FROM tasks");
        grow(statement, before, Math.min(CHUNK, missing));
      }
    }
  }

  private static void grow(Statement statement, long last, long count) throws SQLException {
    String columns =
        "id_normalized_cdrs, task_type, create_time, next_attempt, done, node_index, retry,"
            + " priority, TableSuffix, rmOrgID, waiting, failed";
    statement.execute("SET @sample = (SELECT MAX(id) FROM tasks WHERE done = 'y')");
    statement.execute(
        """
        INSERT INTO tasks (id, %1$s)
        SELECT %2$d + seq, %1$s FROM seq_1_to_%3$d JOIN tasks ON id = @sample
        """
            .formatted(columns, last, count));
    statement.execute(
        """
        INSERT INTO tasks_data (id_tasks, xml_fragment, TableSuffix)
        SELECT %d + seq, xml_fragment, TableSuffix
          FROM seq_1_to_%d JOIN tasks_data ON id_tasks = @sample
        """
            .formatted(last, count));
    statement.execute(
        """
        INSERT INTO attempts
        SELECT %d + seq, kind, item, attempt, TableSuffix, id_gateways, node, started_at,
               duration_ms, outcome, status, error, response_head, payload_version
          FROM seq_1_to_%d JOIN attempts ON id_tasks = @sample AND attempt = 1 AND item = 0
        """
            .formatted(last, count));
  }
}
