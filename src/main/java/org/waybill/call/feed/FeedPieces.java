package org.waybill.call.feed;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.waybill.cdr.Uuids;
import org.waybill.platform.Columns;
import org.waybill.platform.Database;

/** What feeds told of calls that have become CDRs: what operators ask. */
@ApplicationScoped
public class FeedPieces {
  private final Database database;

  @Inject
  public FeedPieces(Database database) {
    this.database = database;
  }

  @SuppressWarnings("NullAway") // only for the proxy, which never calls it
  protected FeedPieces() {
    this(null);
  }

  /** The pieces of a call, in the order in which they first came. */
  public List<KeptPiece> of(long callId, UUID cdr, int limit) {
    String sql =
        """
        SELECT i.feed, i.item_id, i.received_at, i.body
          FROM feed_calls c JOIN feed_items i ON i.call_id = c.call_id
         WHERE c.call_id = ? AND c.uuid = ? ORDER BY i.received_at, i.feed, i.item_id LIMIT ?
        """;
    return database.read(
        "read the pieces of a call",
        connection -> {
          List<KeptPiece> found = new ArrayList<>();
          try (PreparedStatement select = connection.prepareStatement(sql)) {
            select.setLong(1, callId);
            select.setBytes(2, Uuids.bytes(cdr));
            select.setInt(3, limit);
            try (ResultSet row = select.executeQuery()) {
              while (row.next()) {
                found.add(
                    new KeptPiece(
                        row.getString("feed"),
                        row.getLong("item_id"),
                        Columns.instant(row, "received_at"),
                        row.getString("body")));
              }
            }
          }
          return found;
        });
  }
}
