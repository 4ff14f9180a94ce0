package org.waybill.task;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import org.waybill.cdr.Days;
import org.waybill.platform.Columns;

/**
 * Keeps the groups of failures in step with the tasks, in the transactions that change those: the
 * tables {@code error_groups}, {@code error_group_places} and {@code error_group_times}, and what
 * {@code tasks_error} says of them.
 */
final class ErrorGroups {
  static final int MINUTE = 60;
  static final int HOUR = 3600;

  private ErrorGroups() {}

  static ErrorMember.Key key(Settlement failure) {
    return new ErrorMember.Key(
        Fingerprint.of(failure.delivery().key().kind(), failure.attempt()),
        failure.attempt().sent().gateway());
  }

  /**
   * Takes failures in.
   *
   * @param failures of waiting tasks, oldest first
   * @param before as {@code tasks_error} had it before these
   */
  static void failed(
      Connection connection, List<Settlement> failures, Map<Long, ErrorMember> before)
      throws SQLException {
    ErrorCounts counts = new ErrorCounts();
    Map<Long, ErrorMember.Key> last = new TreeMap<>();
    Map<ErrorTime, Long> times = new TreeMap<>();
    for (Settlement failure : failures) {
      ErrorMember.Key key = key(failure);
      last.put(failure.delivery().taskId(), key);
      counts.failed(key, failure);
      Instant at = failure.attempt().sent().endedAt();
      times.merge(ErrorTime.of(key, MINUTE, at), 1L, Long::sum);
      times.merge(ErrorTime.of(key, HOUR, at), 1L, Long::sum);
    }
    TreeSet<ErrorPlace> places = new TreeSet<>();
    last.forEach(
        (task, key) -> {
          ErrorMember member = before.get(task);
          if (member != null && !isIn(member, key)) {
            counts.leaves(member);
            counts.joins(key, TaskState.PENDING, task);
            places.add(new ErrorPlace(key.fingerprint(), member.rmOrgId(), member.type()));
          }
        });
    ErrorPlace.insert(connection, places);
    ErrorTime.add(connection, times);
    counts.write(connection);
  }

  private static boolean isIn(ErrorMember member, ErrorMember.Key key) {
    return key.equals(member.key()) && member.state() == TaskState.PENDING;
  }

  /** Lets the groups know how tasks stand now, of those that have ever failed. */
  static void follow(Connection connection, Collection<TaskRow> rows) throws SQLException {
    List<TaskRow> failed = rows.stream().filter(row -> row.retry() > 0).toList();
    if (failed.isEmpty()) {
      return;
    }
    Days days = Days.of(failed.stream().map(TaskRow::day).toList());
    Map<Long, ErrorMember> before =
        ErrorMember.read(connection, failed.stream().map(TaskRow::id).toList(), days);
    ErrorCounts counts = new ErrorCounts();
    Map<TaskState, List<Long>> moved = new EnumMap<>(TaskState.class);
    for (TaskRow row : failed) {
      ErrorMember member = before.get(row.id());
      if (member != null && member.state() != null && member.state() != row.state()) {
        counts.leaves(member);
        counts.joins(member.key(), row.state(), row.id());
        moved.computeIfAbsent(row.state(), state -> new ArrayList<>()).add(row.id());
      }
    }
    for (Map.Entry<TaskState, List<Long>> some : moved.entrySet()) {
      move(connection, some.getValue(), days, some.getKey());
    }
    counts.write(connection);
  }

  private static void move(Connection connection, List<Long> tasks, Days days, TaskState state)
      throws SQLException {
    String sql =
        "UPDATE tasks_error SET done = ? WHERE id_tasks IN (%s) AND TableSuffix BETWEEN ? AND ?"
            .formatted(Columns.placeholders(tasks.size()));
    try (PreparedStatement update = connection.prepareStatement(sql)) {
      int column = 1;
      update.setString(column++, state.done());
      for (long task : tasks) {
        update.setLong(column++, task);
      }
      update.setString(column++, days.first().toString());
      update.setString(column, days.last().toString());
      update.executeUpdate();
    }
  }
}
