package org.waybill.task;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.waybill.platform.Columns;

/**
 * What a transaction changes in {@code error_groups}: how many tasks of a group failed and how many
 * wait to be tried again. Written last and in the order of the keys, so that two transactions do
 * not deadlock on them.
 */
final class ErrorCounts {
  private final Map<ErrorMember.Key, Change> changes = new TreeMap<>();

  private static final class Change {
    private long failed;
    private long waiting;
    private long task;
    private @Nullable Settlement newest;
  }

  /** A task leaves its group, as the state in which it was counted. */
  void leaves(ErrorMember member) {
    count(member.key(), member.state(), member.task(), -1);
  }

  void joins(ErrorMember.@Nullable Key key, TaskState state, long task) {
    count(key, state, task, 1);
  }

  /** A failure of a group; the last one that is told becomes its sample. */
  void failed(ErrorMember.Key key, Settlement failure) {
    Change change = changes.computeIfAbsent(key, same -> new Change());
    change.newest = failure;
    change.task = failure.delivery().taskId();
  }

  /** Only what is undone is counted: a day leaves with the others, and no count is wrong then. */
  private void count(
      ErrorMember.@Nullable Key key, @Nullable TaskState state, long task, int amount) {
    if (key == null || (state != TaskState.PENDING && state != TaskState.FAILED)) {
      return;
    }
    Change change = changes.computeIfAbsent(key, same -> new Change());
    change.task = task;
    if (state == TaskState.FAILED) {
      change.failed += amount;
    } else {
      change.waiting += amount;
    }
  }

  void write(Connection connection) throws SQLException {
    String head =
        """
        INSERT INTO error_groups (fingerprint, id_gateways, failed, waiting, first_seen, last_seen,
          sample_task, sample_status, sample, sample_head)
        VALUES (?, ?, ?, ?, COALESCE(?, UTC_TIMESTAMP(3)), COALESCE(?, UTC_TIMESTAMP(3)), ?, ?, ?, ?)
        ON DUPLICATE KEY UPDATE failed = failed + VALUES(failed),
          waiting = waiting + VALUES(waiting)
        """;
    String sample =
        """
        , last_seen = GREATEST(last_seen, VALUES(last_seen)),
          sample_task = VALUES(sample_task), sample_status = VALUES(sample_status),
          sample = VALUES(sample), sample_head = VALUES(sample_head)
        """;
    for (Map.Entry<ErrorMember.Key, Change> change : changes.entrySet()) {
      boolean counts = change.getValue().failed != 0 || change.getValue().waiting != 0;
      boolean sampled = change.getValue().newest != null;
      if (counts || sampled) {
        try (PreparedStatement upsert =
            connection.prepareStatement(sampled ? head + sample : head)) {
          bind(upsert, change.getKey(), change.getValue());
          upsert.executeUpdate();
        }
      }
    }
  }

  private static void bind(PreparedStatement upsert, ErrorMember.Key key, Change change)
      throws SQLException {
    Settlement newest = change.newest;
    Attempt attempt = newest == null ? null : newest.attempt();
    Object at = attempt == null ? null : Columns.utc(attempt.sent().endedAt());
    upsert.setString(1, key.fingerprint());
    upsert.setInt(2, key.gateway());
    upsert.setLong(3, change.failed);
    upsert.setLong(4, change.waiting);
    upsert.setObject(5, at);
    upsert.setObject(6, at);
    upsert.setLong(7, change.task);
    upsert.setObject(8, attempt == null ? null : attempt.status());
    upsert.setString(9, attempt == null ? "" : Attempts.reason(attempt));
    upsert.setString(10, attempt == null ? "" : Attempts.head(attempt));
  }
}
