package org.waybill.call.events;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.waybill.platform.Columns;
import org.waybill.platform.MultiRowInsert;
import org.waybill.platform.MultiRowInsert.Values;

/** The table {@code call_events}. */
final class EventRows {
  /**
   * How many of a call are put together. None has nearly as many, unless many calls have one id:
   * those must not let each event read all before it.
   */
  static final int MOST = 2_000;

  private static final int LONGEST = 255;
  private static final MultiRowInsert<NewEvent> ROWS =
      new MultiRowInsert<>(
          "call_events",
          List.of(
              "call_id",
              "event_type",
              "event_timestamp",
              "payload",
              "content_type",
              "routing_key",
              "event_hash",
              "received_at"),
          EventRows::bind);

  private EventRows() {}

  @SuppressWarnings("ArrayRecordComponent") // never compared
  private record NewEvent(CallEvent event, byte[] hash, Instant receivedAt) {}

  /**
   * Keeps those that are not kept yet, in their order. The rows of their calls are locked.
   *
   * @return how many that were of each call; none of a call is absent
   */
  static Map<String, Integer> insert(Connection connection, List<CallEvent> events, Instant now)
      throws SQLException {
    Map<String, NewEvent> fresh = new LinkedHashMap<>();
    for (CallEvent event : events) {
      byte[] hash = event.hash();
      fresh.putIfAbsent(HexFormat.of().formatHex(hash), new NewEvent(event, hash, now));
    }
    removeKept(connection, fresh);
    ROWS.insert(connection, List.copyOf(fresh.values()));
    Map<String, Integer> counts = new LinkedHashMap<>();
    fresh.values().forEach(one -> counts.merge(one.event().callId(), 1, Integer::sum));
    return counts;
  }

  private static void removeKept(Connection connection, Map<String, NewEvent> fresh)
      throws SQLException {
    String sql =
        "SELECT event_hash FROM call_events WHERE event_hash IN (%s)"
            .formatted(Columns.placeholders(fresh.size()));
    List<String> kept = new ArrayList<>();
    try (PreparedStatement select = connection.prepareStatement(sql)) {
      int column = 1;
      for (NewEvent one : fresh.values()) {
        select.setBytes(column++, one.hash());
      }
      try (ResultSet row = select.executeQuery()) {
        while (row.next()) {
          kept.add(HexFormat.of().formatHex(row.getBytes(1)));
        }
      }
    }
    kept.forEach(fresh::remove);
  }

  private static void bind(Values values, NewEvent row) throws SQLException {
    Message message = row.event().message();
    Instant at = row.event().at();
    values
        .add(row.event().callId())
        .add(row.event().type())
        .add(at == null ? null : Columns.utcText(at))
        .add(message.body())
        .add(CallRows.cut(message.contentType(), LONGEST))
        .add(CallRows.cut(message.routingKey(), LONGEST))
        .add(row.hash())
        .add(Columns.utcText(row.receivedAt()));
  }

  /** The first events of a call, in the order of their arrival. */
  static List<StoredEvent> first(Connection connection, String callId) throws SQLException {
    return read(connection, List.of(callId), " LIMIT " + MOST).getOrDefault(callId, List.of());
  }

  /** All events of these calls, in the order of their arrival; a call without any is absent. */
  static Map<String, List<StoredEvent>> of(Connection connection, Collection<String> callIds)
      throws SQLException {
    return callIds.isEmpty() ? Map.of() : read(connection, callIds, "");
  }

  private static Map<String, List<StoredEvent>> read(
      Connection connection, Collection<String> callIds, String limit) throws SQLException {
    String sql =
        """
        SELECT id, payload, content_type, routing_key, received_at FROM call_events
         WHERE call_id IN (%s) ORDER BY id%s
        """
            .formatted(Columns.placeholders(callIds.size()), limit);
    Map<String, List<StoredEvent>> found = new LinkedHashMap<>();
    try (PreparedStatement select = connection.prepareStatement(sql)) {
      int column = 1;
      for (String callId : callIds) {
        select.setString(column++, callId);
      }
      try (ResultSet row = select.executeQuery()) {
        while (row.next()) {
          StoredEvent event = stored(row);
          found.computeIfAbsent(event.event().callId(), id -> new ArrayList<>()).add(event);
        }
      }
    }
    return found;
  }

  private static StoredEvent stored(ResultSet row) throws SQLException {
    Message message =
        new Message(
            row.getBytes("payload"), row.getString("content_type"), row.getString("routing_key"));
    try {
      return new StoredEvent(
          row.getLong("id"), EventReader.read(message), Columns.instant(row, "received_at"));
    } catch (UnreadableEvent e) {
      throw new IllegalStateException(
          "Event " + row.getLong("id") + " was read when it came, but cannot be read any more.", e);
    }
  }
}
