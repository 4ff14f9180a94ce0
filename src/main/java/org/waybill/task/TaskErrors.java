package org.waybill.task;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.waybill.platform.Columns;

/** The table {@code tasks_error}: a line a failure, kept after success and over re-runs. */
final class TaskErrors {
  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm:ss").withZone(ZoneOffset.UTC);

  private TaskErrors() {}

  private record Lines(String day, String text, Instant first, Instant last) {
    Lines and(Lines next) {
      return new Lines(day, text + "\n" + next.text(), first, next.last());
    }
  }

  /** Adds a line for each attempt that was used up. */
  static void append(Connection connection, Collection<Settlement> settlements)
      throws SQLException {
    Map<Long, Lines> tasks = new TreeMap<>();
    List<Settlement> failures =
        settlements.stream()
            .filter(settlement -> settlement.attempt().outcome().isFailure())
            .sorted(Comparator.comparing(settlement -> settlement.attempt().sent().endedAt()))
            .toList();
    for (Settlement failure : failures) {
      tasks.merge(failure.delivery().taskId(), lines(failure), Lines::and);
    }
    if (!tasks.isEmpty()) {
      write(connection, tasks);
    }
  }

  private static void write(Connection connection, Map<Long, Lines> tasks) throws SQLException {
    String sql =
        """
        INSERT INTO tasks_error (id_tasks, description, first_error_date, last_error_date,
          TableSuffix)
        VALUES (?, ?, ?, ?, ?)
        ON DUPLICATE KEY UPDATE description = CONCAT(description, '\\n', VALUES(description)),
          last_error_date = GREATEST(last_error_date, VALUES(last_error_date))
        """;
    try (PreparedStatement insert = connection.prepareStatement(sql)) {
      for (Map.Entry<Long, Lines> task : tasks.entrySet()) {
        insert.setLong(1, task.getKey());
        insert.setString(2, task.getValue().text());
        insert.setObject(3, Columns.utc(task.getValue().first()));
        insert.setObject(4, Columns.utc(task.getValue().last()));
        insert.setString(5, task.getValue().day());
        insert.addBatch();
      }
      insert.executeBatch();
    }
  }

  private static Lines lines(Settlement failure) {
    Instant at = failure.attempt().sent().endedAt();
    int before = failure.delivery().progress().allFailures();
    String retry = before == 0 ? "" : "Retry " + before + ": ";
    String line = "[" + TIME.format(at) + "] " + retry + oneLine(failure.attempt().reason());
    return new Lines(failure.delivery().day().toString(), line, at, at);
  }

  private static String oneLine(@Nullable String reason) {
    return reason == null ? "" : reason.replaceAll("\\s+", " ").strip();
  }
}
