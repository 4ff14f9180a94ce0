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
import org.waybill.cdr.Days;
import org.waybill.cdr.TableSuffix;
import org.waybill.platform.Columns;

/** The table {@code tasks_error}: a line a failure, kept after success and over re-runs. */
final class TaskErrors {
  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm:ss").withZone(ZoneOffset.UTC);

  private TaskErrors() {}

  private record Lines(
      TableSuffix day, String text, Instant first, Instant last, ErrorMember.Key group) {
    Lines and(Lines next) {
      return new Lines(day, text + "\n" + next.text(), first, next.last(), next.group());
    }
  }

  /** Adds a line for each attempt that was used up, and lets its group count it. */
  static void append(Connection connection, Collection<Settlement> settlements)
      throws SQLException {
    List<Settlement> failures =
        settlements.stream()
            .filter(settlement -> settlement.attempt().outcome().isFailure())
            .sorted(Comparator.comparing(settlement -> settlement.attempt().sent().endedAt()))
            .toList();
    if (failures.isEmpty()) {
      return;
    }
    Map<Long, Lines> tasks = new TreeMap<>();
    for (Settlement failure : failures) {
      tasks.merge(failure.delivery().taskId(), lines(failure), Lines::and);
    }
    Days days = Days.of(tasks.values().stream().map(Lines::day).toList());
    Map<Long, ErrorMember> before = ErrorMember.read(connection, tasks.keySet(), days);
    write(connection, tasks);
    ErrorGroups.failed(connection, failures, before);
  }

  private static void write(Connection connection, Map<Long, Lines> tasks) throws SQLException {
    String sql =
        """
        INSERT INTO tasks_error (id_tasks, description, first_error_date, last_error_date,
          TableSuffix, error_group, id_gateways)
        VALUES (?, ?, ?, ?, ?, ?, ?)
        ON DUPLICATE KEY UPDATE description = CONCAT(description, '\\n', VALUES(description)),
          last_error_date = GREATEST(last_error_date, VALUES(last_error_date)),
          error_group = VALUES(error_group), id_gateways = VALUES(id_gateways), done = 'n'
        """;
    try (PreparedStatement insert = connection.prepareStatement(sql)) {
      for (Map.Entry<Long, Lines> task : tasks.entrySet()) {
        insert.setLong(1, task.getKey());
        insert.setString(2, task.getValue().text());
        insert.setObject(3, Columns.utc(task.getValue().first()));
        insert.setObject(4, Columns.utc(task.getValue().last()));
        insert.setString(5, task.getValue().day().toString());
        insert.setString(6, task.getValue().group().fingerprint());
        insert.setInt(7, task.getValue().group().gateway());
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
    return new Lines(failure.delivery().day(), line, at, at, ErrorGroups.key(failure));
  }

  private static String oneLine(@Nullable String reason) {
    return reason == null ? "" : reason.replaceAll("\\s+", " ").strip();
  }
}
