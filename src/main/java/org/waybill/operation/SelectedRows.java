package org.waybill.operation;

import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.waybill.platform.Database;
import org.waybill.platform.Where;

/** The items of an operation that are rows of a table, by their ids and in that order. */
public final class SelectedRows {
  /** What a page may cost in memory; it has one row at least. */
  private static final long PAGE_BYTES = 8L << 20;

  private final Database database;
  private final String what;

  /**
   * @param what for messages, such as "rejected documents"
   */
  public SelectedRows(Database database, String what) {
    this.database = database;
    this.what = what;
  }

  /**
   * @param sql of their number and the greatest id, with the condition in it
   */
  public Selection count(String sql, Where where) {
    return database.read(
        "count " + what,
        connection -> {
          try (PreparedStatement select = connection.prepareStatement(sql)) {
            where.bind(select);
            try (ResultSet row = select.executeQuery()) {
              row.next();
              return new Selection(row.getLong(1), row.getString(2));
            }
          }
        });
  }

  /** Narrows a condition to the rows that are left. */
  public static Where page(Where where, Order order, @Nullable String after) {
    return where
        .and("id > ?", after == null ? null : Long.valueOf(after))
        .and("id <= ?", order.upTo() == null ? 0L : Long.valueOf(order.upTo()));
  }

  /**
   * @param sql of {@code id} and {@code bytes}, in the order of the ids, with the condition in it
   *     and a place for the limit at its end
   */
  public List<String> ids(String sql, Where where, int limit) {
    return database.read(
        "read a page of " + what,
        connection -> {
          try (PreparedStatement select = connection.prepareStatement(sql)) {
            where.bind(select, limit);
            return ids(select);
          }
        });
  }

  private static List<String> ids(PreparedStatement select) throws SQLException {
    List<String> ids = new ArrayList<>();
    long bytes = 0;
    try (ResultSet row = select.executeQuery()) {
      while (row.next()) {
        bytes += row.getLong("bytes");
        if (bytes > PAGE_BYTES && !ids.isEmpty()) {
          return ids;
        }
        ids.add(row.getString("id"));
      }
    }
    return ids;
  }
}
