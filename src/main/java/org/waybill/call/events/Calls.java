package org.waybill.call.events;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.waybill.cdr.Uuids;
import org.waybill.platform.Columns;
import org.waybill.platform.Database;
import org.waybill.platform.Where;

/** The calls that events told of, and those events: what operators ask. */
@ApplicationScoped
public class Calls {
  private final Database database;

  @Inject
  public Calls(Database database) {
    this.database = database;
  }

  @SuppressWarnings("NullAway") // only for the proxy, which never calls it
  protected Calls() {
    this(null);
  }

  public Optional<KnownCall> find(String callId) {
    return list(new Where().and("call_id = ?", callId), 1).stream().findFirst();
  }

  /**
   * The newest first.
   *
   * @param status in the words of {@link KnownCall#status}
   * @param before the id of the last one of the page before
   */
  public List<KnownCall> list(
      @Nullable Integer rmOrgId, @Nullable String status, @Nullable Long before, int limit) {
    return list(
        new Where().and("rmOrgID = ?", rmOrgId).and("status = ?", status).and("id < ?", before),
        limit);
  }

  private List<KnownCall> list(Where where, int limit) {
    String sql =
        """
        SELECT id, call_id, tenant_id, rmOrgID, direction, caller_number, callee_number, user_id,
          start_time, answer_time, end_time, duration_seconds, status, disposition, hangup_cause,
          recording_uri, first_received, timed_out_at, revision, uuid, rejected_id
          FROM calls WHERE %s ORDER BY id DESC LIMIT ?
        """
            .formatted(where.sql());
    return database.read(
        "read calls",
        connection -> {
          List<KnownCall> found = new ArrayList<>();
          try (PreparedStatement select = connection.prepareStatement(sql)) {
            where.bind(select, limit);
            try (ResultSet row = select.executeQuery()) {
              while (row.next()) {
                found.add(call(row));
              }
            }
          }
          return found;
        });
  }

  private static KnownCall call(ResultSet row) throws SQLException {
    byte[] uuid = row.getBytes("uuid");
    return new KnownCall(
        row.getLong("id"),
        row.getString("call_id"),
        row.getString("tenant_id"),
        row.getObject("rmOrgID", Integer.class),
        row.getString("direction"),
        row.getString("caller_number"),
        row.getString("callee_number"),
        row.getString("user_id"),
        Columns.instantOrNull(row, "start_time"),
        Columns.instantOrNull(row, "answer_time"),
        Columns.instantOrNull(row, "end_time"),
        row.getObject("duration_seconds", Long.class),
        row.getString("status"),
        row.getString("disposition"),
        row.getString("hangup_cause"),
        row.getString("recording_uri"),
        Columns.instant(row, "first_received"),
        Columns.instantOrNull(row, "timed_out_at"),
        row.getInt("revision"),
        uuid == null ? null : Uuids.uuid(uuid),
        row.getObject("rejected_id", Long.class));
  }

  /**
   * The events of a call, in the order of their arrival.
   *
   * @param after the id of the last one of the page before
   */
  public List<KeptEvent> events(String callId, @Nullable Long after, int limit) {
    String sql =
        """
        SELECT id, event_type, event_timestamp, received_at, content_type, routing_key, payload
          FROM call_events WHERE call_id = ? AND id > ? ORDER BY id LIMIT ?
        """;
    return database.read(
        "read the events of a call",
        connection -> {
          List<KeptEvent> found = new ArrayList<>();
          try (PreparedStatement select = connection.prepareStatement(sql)) {
            select.setString(1, callId);
            select.setLong(2, after == null ? 0 : after);
            select.setInt(3, limit);
            try (ResultSet row = select.executeQuery()) {
              while (row.next()) {
                found.add(event(row));
              }
            }
          }
          return found;
        });
  }

  private static KeptEvent event(ResultSet row) throws SQLException {
    return new KeptEvent(
        row.getLong("id"),
        row.getString("event_type"),
        Columns.instantOrNull(row, "event_timestamp"),
        Columns.instant(row, "received_at"),
        row.getString("content_type"),
        row.getString("routing_key"),
        row.getBytes("payload"));
  }
}
