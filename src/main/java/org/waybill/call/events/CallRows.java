package org.waybill.call.events;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.SortedSet;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.waybill.cdr.Uuids;
import org.waybill.normalize.lifecycle.LifecycleCall;
import org.waybill.platform.Columns;

/** The table {@code calls} as events change it. */
final class CallRows {
  static final String COLUMNS =
      """
      call_id, tenant_id, rmOrgID, handed_over, first_received, end_received, timed_out_at,
      revision, uuid, rejected_id, tries""";

  private static final int NUMBER = 64;
  private static final int TEXT = 255;
  private static final int URI = 2000;

  private CallRows() {}

  /** A call as its events tell it, whose it is, and when it is looked at again. */
  record Change(
      String callId,
      CallRow.Timeline timeline,
      int revision,
      @Nullable LifecycleCall call,
      @Nullable Integer rmOrgId,
      @Nullable Instant nextAction) {}

  /** Makes the rows that are not there yet, and locks all, in one order for everybody. */
  static Map<String, CallRow> lock(Connection connection, SortedSet<String> callIds, Instant now)
      throws SQLException {
    String insert =
        "INSERT INTO calls (call_id, first_received) VALUES (?, ?) ON DUPLICATE KEY UPDATE id = id";
    try (PreparedStatement rows = connection.prepareStatement(insert)) {
      for (String callId : callIds) {
        rows.setString(1, callId);
        rows.setObject(2, Columns.utc(now));
        rows.addBatch();
      }
      rows.executeBatch();
    }
    String sql =
        "SELECT "
            + COLUMNS
            + " FROM calls WHERE call_id IN ("
            + Columns.placeholders(callIds.size())
            + ") ORDER BY call_id FOR UPDATE";
    return read(connection, sql, null, callIds);
  }

  /**
   * @param token the first parameter, where there is one before the ids
   */
  static Map<String, CallRow> read(
      Connection connection, String sql, byte @Nullable [] token, Collection<String> callIds)
      throws SQLException {
    Map<String, CallRow> found = new LinkedHashMap<>();
    try (PreparedStatement select = connection.prepareStatement(sql)) {
      int column = 1;
      if (token != null) {
        select.setBytes(column++, token);
      }
      for (String callId : callIds) {
        select.setString(column++, callId);
      }
      try (ResultSet row = select.executeQuery()) {
        while (row.next()) {
          found.put(row.getString("call_id"), row(row));
        }
      }
    }
    return found;
  }

  static CallRow row(ResultSet row) throws SQLException {
    byte[] uuid = row.getBytes("uuid");
    UUID cdr = uuid == null ? null : Uuids.uuid(uuid);
    return new CallRow(
        row.getString("call_id"),
        row.getString("tenant_id"),
        row.getObject("rmOrgID", Integer.class),
        row.getBoolean("handed_over"),
        new CallRow.Timeline(
            Columns.instant(row, "first_received"),
            Columns.instantOrNull(row, "end_received"),
            Columns.instantOrNull(row, "timed_out_at")),
        row.getInt("revision"),
        cdr,
        row.getObject("rejected_id", Long.class),
        row.getInt("tries"));
  }

  /** Of locked calls. Whoever is handing one over finds that it is not the newest any more. */
  static void update(Connection connection, Collection<Change> changes) throws SQLException {
    String sql =
        """
        UPDATE calls SET tenant_id = ?, rmOrgID = ?, direction = ?, caller_number = ?,
          callee_number = ?, user_id = ?, start_time = ?, answer_time = ?, end_time = ?,
          duration_seconds = ?, status = ?, disposition = ?, hangup_cause = ?, recording_uri = ?,
          end_received = ?, timed_out_at = ?, revision = ?, next_action = ?, claimed_by = NULL,
          tries = 0
         WHERE call_id = ?
        """;
    try (PreparedStatement update = connection.prepareStatement(sql)) {
      for (Change change : changes) {
        bind(update, change);
        update.addBatch();
      }
      update.executeBatch();
    }
  }

  /** More is known of it, but without effect. */
  static void count(Connection connection, String callId, int revision) throws SQLException {
    String sql = "UPDATE calls SET revision = ? WHERE call_id = ?";
    try (PreparedStatement update = connection.prepareStatement(sql)) {
      update.setInt(1, revision);
      update.setString(2, callId);
      update.executeUpdate();
    }
  }

  private static void bind(PreparedStatement update, Change change) throws SQLException {
    LifecycleCall call = change.call();
    update.setObject(2, change.rmOrgId());
    if (call == null) {
      for (int column : new int[] {1, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14}) {
        update.setObject(column, null);
      }
    } else {
      bind(update, call);
    }
    update.setObject(15, utc(change.timeline().end()));
    update.setObject(16, utc(change.timeline().timedOut()));
    update.setInt(17, change.revision());
    update.setObject(18, utc(change.nextAction()));
    update.setString(19, change.callId());
  }

  private static void bind(PreparedStatement update, LifecycleCall call) throws SQLException {
    LifecycleCall.End end = call.end();
    update.setString(1, cut(call.tenant(), TEXT));
    update.setString(3, call.direction());
    update.setString(4, cut(call.callerNumber(), NUMBER));
    update.setString(5, cut(call.calledNumber(), NUMBER));
    update.setString(6, cut(call.findings().userId(), TEXT));
    update.setObject(7, utc(call.start()));
    update.setObject(8, utc(call.answer()));
    update.setObject(9, utc(end == null ? null : end.at()));
    update.setObject(10, call.duration());
    update.setString(11, call.status().name());
    update.setString(12, call.disposition());
    update.setString(13, cut(end == null ? null : end.reason(), TEXT));
    update.setString(14, cut(call.findings().recordings().stream().findFirst().orElse(null), URI));
  }

  static @Nullable Object utc(@Nullable Instant instant) {
    return instant == null ? null : Columns.utc(instant);
  }

  /** Counts code points, as the database does, so that no pair of surrogates is torn. */
  static @Nullable String cut(@Nullable String text, int length) {
    return text == null || text.codePointCount(0, text.length()) <= length
        ? text
        : text.substring(0, text.offsetByCodePoints(0, length));
  }
}
