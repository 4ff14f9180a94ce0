package org.waybill.collect;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.waybill.operation.ItemOutcome;
import org.waybill.operation.Order;
import org.waybill.operation.SelectedRows;
import org.waybill.operation.Selection;
import org.waybill.platform.Columns;
import org.waybill.platform.Database;
import org.waybill.platform.Where;

/** The open rejected documents that an operation is about. */
final class RejectedSelection {
  private static final String WHAT = "rejected documents";

  private RejectedSelection() {}

  /** Out of an index alone. */
  static Selection select(Database database, String filter) {
    Where where = open(filter);
    String sql =
        "SELECT COUNT(*), MAX(id) FROM rejected_cdrs FORCE INDEX (by_cause) WHERE " + where.sql();
    return new SelectedRows(database, WHAT).count(sql, where);
  }

  /** Along the index of the open ones, so that all pages together read it once. */
  static List<String> page(Database database, Order order, @Nullable String after, int limit) {
    Where where = SelectedRows.page(open(order.filter()), order, after);
    String sql =
        """
        SELECT id, OCTET_LENGTH(body) AS bytes FROM rejected_cdrs FORCE INDEX (by_state)
         WHERE %s ORDER BY id LIMIT ?
        """
            .formatted(where.sql());
    return new SelectedRows(database, WHAT).ids(sql, where, limit);
  }

  /** Those that are still open, with their bytes. */
  static Map<String, RejectedBody> bodies(Database database, List<String> items) {
    String sql =
        "SELECT id, "
            + RejectedRows.BODY
            + " FROM rejected_cdrs WHERE state = 'open' AND id IN ("
            + Columns.placeholders(items.size())
            + ") ORDER BY id";
    return database.read(
        "read rejected documents",
        connection -> {
          Map<String, RejectedBody> bodies = new LinkedHashMap<>();
          try (PreparedStatement select = connection.prepareStatement(sql)) {
            bindIds(select, 1, items);
            try (ResultSet row = select.executeQuery()) {
              while (row.next()) {
                bodies.put(row.getString("id"), RejectedRows.body(row));
              }
            }
          }
          return bodies;
        });
  }

  /** Takes open ones off the list; others are left as they are. */
  static void decide(Connection connection, RejectedState state, Order order, List<String> items)
      throws SQLException {
    if (items.isEmpty()) {
      return;
    }
    String sql =
        """
        UPDATE rejected_cdrs SET state = ?, decided_at = UTC_TIMESTAMP(3), decided_by = ?,
          decision = LEFT(?, 1000)
         WHERE state = 'open' AND id IN (%s)
        """
            .formatted(Columns.placeholders(items.size()));
    try (PreparedStatement update = connection.prepareStatement(sql)) {
      update.setString(1, state.word());
      update.setString(2, order.by());
      update.setString(3, order.reason());
      bindIds(update, 4, items);
      update.executeUpdate();
    }
  }

  /** For one that somebody else decided about in the meantime. */
  static ItemOutcome gone(String item) {
    return ItemOutcome.failed(item, "It was decided about meanwhile.");
  }

  static void bindIds(PreparedStatement statement, int first, List<String> items)
      throws SQLException {
    int column = first;
    for (String item : items) {
      statement.setLong(column++, Long.parseLong(item));
    }
  }

  /** Only open ones can be decided about, whatever else is asked for. */
  private static Where open(String filter) {
    return RejectedFilter.ofJson(filter).where().and("state = ?", RejectedState.OPEN.word());
  }
}
