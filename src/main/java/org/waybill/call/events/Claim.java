package org.waybill.call.events;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.waybill.call.Recorded;
import org.waybill.cdr.Uuids;
import org.waybill.normalize.lifecycle.LifecycleCall;
import org.waybill.platform.Columns;

/**
 * The right to hand some calls over. Of each it lasts until the next event of the call comes, or
 * until it has lasted so long that its node must have died.
 */
final class Claim {
  private static final Duration LASTS = Duration.ofSeconds(60);

  private final byte[] token = Uuids.bytes(UUID.randomUUID());

  /** Takes calls that are due, those first that have been for longest. Their rows are locked. */
  Map<String, CallRow> take(Connection connection, Instant now, int limit) throws SQLException {
    List<String> due = due(connection, now, limit);
    if (due.isEmpty()) {
      return Map.of();
    }
    String places = Columns.placeholders(due.size());
    String claim =
        "UPDATE calls SET claimed_by = ?, next_action = ? WHERE next_action <= ? AND call_id IN ("
            + places
            + ")";
    try (PreparedStatement update = connection.prepareStatement(claim)) {
      update.setBytes(1, token);
      update.setObject(2, Columns.utc(now.plus(LASTS)));
      update.setObject(3, Columns.utc(now));
      for (int i = 0; i < due.size(); i++) {
        update.setString(i + 4, due.get(i));
      }
      update.executeUpdate();
    }
    String sql =
        "SELECT "
            + CallRows.COLUMNS
            + " FROM calls WHERE claimed_by = ? AND call_id IN ("
            + places
            + ")";
    return CallRows.read(connection, sql, token, due);
  }

  /** In the order in which everybody locks calls. */
  private static List<String> due(Connection connection, Instant now, int limit)
      throws SQLException {
    String sql = "SELECT call_id FROM calls WHERE next_action <= ? ORDER BY next_action LIMIT ?";
    List<String> due = new ArrayList<>();
    try (PreparedStatement select = connection.prepareStatement(sql)) {
      select.setObject(1, Columns.utc(now));
      select.setInt(2, limit);
      try (ResultSet row = select.executeQuery()) {
        while (row.next()) {
          due.add(row.getString(1));
        }
      }
    }
    due.sort(null);
    return due;
  }

  /** A call that is about to be handed over: from now on there may be a CDR of it. */
  record HandOver(
      String callId,
      @Nullable Integer rmOrgId,
      LifecycleCall call,
      int revision,
      @Nullable Instant timedOut) {}

  void note(Connection connection, Collection<HandOver> calls) throws SQLException {
    String sql =
        """
        UPDATE calls SET handed_over = TRUE, rmOrgID = ?, timed_out_at = ?, status = ?,
          disposition = ?
         WHERE call_id = ?
        """;
    try (PreparedStatement update = connection.prepareStatement(sql)) {
      for (HandOver one : calls) {
        update.setObject(1, one.rmOrgId());
        update.setObject(2, CallRows.utc(one.timedOut()));
        update.setString(3, one.call().status().name());
        update.setString(4, one.call().disposition());
        update.setString(5, one.callId());
        update.addBatch();
      }
      update.executeBatch();
    }
  }

  /** Whether no event of the call has come since it was claimed; locks it. */
  boolean holds(Connection connection, String callId) throws SQLException {
    String sql = "SELECT id FROM calls WHERE call_id = ? AND claimed_by = ? FOR UPDATE";
    try (PreparedStatement select = connection.prepareStatement(sql)) {
      select.setString(1, callId);
      select.setBytes(2, token);
      try (ResultSet row = select.executeQuery()) {
        return row.next();
      }
    }
  }

  /** Where its CDR is is noted even if more has come since: then it is due again. */
  void kept(Connection connection, HandOver call, Recorded.Kept kept) throws SQLException {
    String sql =
        """
        UPDATE calls SET uuid = ?, TableSuffix = ?, rejected_id = NULL, tries = 0,
          recorded_revision = GREATEST(COALESCE(recorded_revision, 0), ?),
          next_action = IF(claimed_by <=> ?, NULL, next_action),
          claimed_by = IF(claimed_by <=> ?, NULL, claimed_by)
         WHERE call_id = ?
        """;
    try (PreparedStatement update = connection.prepareStatement(sql)) {
      update.setBytes(1, Uuids.bytes(kept.uuid()));
      update.setString(2, kept.day().toString());
      update.setInt(3, call.revision());
      update.setBytes(4, token);
      update.setBytes(5, token);
      update.setString(6, call.callId());
      update.executeUpdate();
    }
  }

  /**
   * Ends the claim without a CDR.
   *
   * @param rejectedId where it is kept instead, if it was not known
   * @param next null when nothing is to be done until another event comes
   */
  void postpone(
      Connection connection, String callId, @Nullable Long rejectedId, @Nullable Instant next)
      throws SQLException {
    String sql =
        """
        UPDATE calls SET rejected_id = COALESCE(?, rejected_id), tries = tries + 1, next_action = ?,
          claimed_by = NULL
         WHERE call_id = ? AND claimed_by = ?
        """;
    try (PreparedStatement update = connection.prepareStatement(sql)) {
      update.setObject(1, rejectedId);
      update.setObject(2, CallRows.utc(next));
      update.setString(3, callId);
      update.setBytes(4, token);
      update.executeUpdate();
    }
  }
}
