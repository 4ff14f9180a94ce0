package org.waybill.amend;

import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.waybill.operation.Order;
import org.waybill.operation.Selection;
import org.waybill.platform.Database;
import org.waybill.platform.Where;
import org.waybill.report.CdrFilter;

/** The CDRs with raw documents that an operation is about, in the order of their ids. */
final class CdrSelection {
  /** What a page of raw documents may cost in memory; a page has one at least. */
  private static final long PAGE_BYTES = 8L << 20;

  private CdrSelection() {}

  static Selection select(Database database, String filter) {
    Where where = CdrFilter.ofJson(filter).where();
    String sql =
        """
        SELECT COUNT(*), MAX(c.id) FROM normalized_cdrs c
         WHERE %s AND EXISTS (
           SELECT 1 FROM raw_cdrs r
            WHERE r.id_normalized_cdrs = c.id AND r.TableSuffix = c.TableSuffix)
        """
            .formatted(where.sql());
    return database.read(
        "count CDRs with raw documents",
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

  /** Along the primary key, so that all pages together read each partition once. */
  static List<String> page(Database database, Order order, @Nullable String after, int limit) {
    if (order.upTo() == null) {
      return List.of();
    }
    Where where =
        CdrFilter.ofJson(order.filter())
            .where()
            .and("id > ?", after == null ? null : Long.valueOf(after))
            .and("id <= ?", Long.valueOf(order.upTo()));
    String sql =
        """
        SELECT c.id, (
            SELECT UNCOMPRESSED_LENGTH(r.body) FROM raw_cdrs r
             WHERE r.id_normalized_cdrs = c.id AND r.TableSuffix = c.TableSuffix) AS bytes
          FROM normalized_cdrs c FORCE INDEX (PRIMARY)
         WHERE %s HAVING bytes IS NOT NULL ORDER BY c.id LIMIT ?
        """
            .formatted(where.sql());
    return database.read(
        "read a page of CDRs with raw documents",
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
