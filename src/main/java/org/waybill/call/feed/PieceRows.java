package org.waybill.call.feed;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.waybill.platform.Columns;
import org.waybill.platform.MultiRowInsert;

/** The table {@code feed_items}: every piece once, as the platform last gave it. */
final class PieceRows {
  private static final String COLUMNS = "feed, item_id, call_id, operator_id, unfinished, body";

  private PieceRows() {}

  /** Those of the ids that are there, by id. */
  static Map<Long, Piece> find(Connection connection, Feed feed, Collection<Long> ids)
      throws SQLException {
    Map<Long, Piece> found = new HashMap<>();
    if (ids.isEmpty()) {
      return found;
    }
    String sql =
        "SELECT %s FROM feed_items WHERE feed = ? AND item_id IN (%s)"
            .formatted(COLUMNS, Columns.placeholders(ids.size()));
    try (PreparedStatement select = connection.prepareStatement(sql)) {
      select.setString(1, feed.word());
      bind(select, 2, ids);
      pieces(select).forEach(piece -> found.put(piece.id(), piece));
    }
    return found;
  }

  /** All pieces of the calls. */
  static List<Piece> ofCalls(Connection connection, Collection<Long> calls) throws SQLException {
    if (calls.isEmpty()) {
      return List.of();
    }
    String sql =
        "SELECT %s FROM feed_items WHERE call_id IN (%s)"
            .formatted(COLUMNS, Columns.placeholders(calls.size()));
    try (PreparedStatement select = connection.prepareStatement(sql)) {
      bind(select, 1, calls);
      return pieces(select);
    }
  }

  /** Ids of items that said that they last, in ascending order. */
  static List<Long> unfinished(
      Connection connection, Feed feed, long after, Instant since, int most) throws SQLException {
    String sql =
        """
        SELECT item_id FROM feed_items
         WHERE feed = ? AND unfinished AND item_id > ? AND received_at > ?
         ORDER BY item_id LIMIT ?
        """;
    List<Long> ids = new ArrayList<>();
    try (PreparedStatement select = connection.prepareStatement(sql)) {
      select.setString(1, feed.word());
      select.setLong(2, after);
      select.setObject(3, Columns.utc(since));
      select.setInt(4, most);
      try (ResultSet row = select.executeQuery()) {
        while (row.next()) {
          ids.add(row.getLong(1));
        }
      }
    }
    return ids;
  }

  static void insert(Connection connection, List<Piece> pieces, Instant at) throws SQLException {
    String received = Columns.utcText(at);
    new MultiRowInsert<Piece>(
            "feed_items",
            List.of(
                "feed", "item_id", "call_id", "operator_id", "unfinished", "body", "received_at"),
            (values, piece) ->
                values
                    .add(piece.feed().word())
                    .add(piece.id())
                    .add(text(piece.callId()))
                    .add(text(piece.operatorId()))
                    .add(piece.unfinished() ? 1 : 0)
                    .add(piece.body())
                    .add(received))
        .insert(connection, pieces);
  }

  static void update(Connection connection, List<Piece> pieces) throws SQLException {
    String sql =
        """
        UPDATE feed_items SET call_id = ?, operator_id = ?, unfinished = ?, body = ?
         WHERE feed = ? AND item_id = ?
        """;
    try (PreparedStatement update = connection.prepareStatement(sql)) {
      for (Piece piece : pieces) {
        update.setObject(1, piece.callId(), Types.BIGINT);
        update.setObject(2, piece.operatorId(), Types.BIGINT);
        update.setBoolean(3, piece.unfinished());
        update.setString(4, piece.body());
        update.setString(5, piece.feed().word());
        update.setLong(6, piece.id());
        update.addBatch();
      }
      update.executeBatch();
    }
  }

  static void delete(Connection connection, Collection<Long> calls) throws SQLException {
    String sql =
        "DELETE FROM feed_items WHERE call_id IN (%s)"
            .formatted(Columns.placeholders(calls.size()));
    try (PreparedStatement delete = connection.prepareStatement(sql)) {
      bind(delete, 1, calls);
      delete.executeUpdate();
    }
  }

  private static @Nullable String text(@Nullable Long number) {
    return number == null ? null : number.toString();
  }

  private static void bind(PreparedStatement statement, int first, Collection<Long> ids)
      throws SQLException {
    int column = first;
    for (long id : ids) {
      statement.setLong(column++, id);
    }
  }

  private static List<Piece> pieces(PreparedStatement select) throws SQLException {
    List<Piece> pieces = new ArrayList<>();
    try (ResultSet row = select.executeQuery()) {
      while (row.next()) {
        pieces.add(
            new Piece(
                feed(row.getString("feed")),
                row.getLong("item_id"),
                row.getObject("call_id", Long.class),
                row.getObject("operator_id", Long.class),
                row.getBoolean("unfinished"),
                row.getString("body")));
      }
    }
    return pieces;
  }

  private static Feed feed(String word) {
    return Arrays.stream(Feed.values())
        .filter(feed -> feed.word().equals(word))
        .findFirst()
        .orElseThrow(() -> new IllegalStateException("No feed is called " + word + "."));
  }
}
