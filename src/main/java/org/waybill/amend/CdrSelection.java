package org.waybill.amend;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.waybill.operation.Order;
import org.waybill.operation.SelectedRows;
import org.waybill.operation.Selection;
import org.waybill.platform.Database;
import org.waybill.platform.Where;
import org.waybill.report.CdrFilter;

/** The CDRs with raw documents that an operation is about. */
final class CdrSelection {
  private static final String WHAT = "CDRs with raw documents";

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
    return new SelectedRows(database, WHAT).count(sql, where);
  }

  /** Along the primary key, so that all pages together read each partition once. */
  static List<String> page(Database database, Order order, @Nullable String after, int limit) {
    Where where = SelectedRows.page(CdrFilter.ofJson(order.filter()).where(), order, after);
    String sql =
        """
        SELECT c.id, (
            SELECT UNCOMPRESSED_LENGTH(r.body) FROM raw_cdrs r
             WHERE r.id_normalized_cdrs = c.id AND r.TableSuffix = c.TableSuffix) AS bytes
          FROM normalized_cdrs c FORCE INDEX (PRIMARY)
         WHERE %s HAVING bytes IS NOT NULL ORDER BY c.id LIMIT ?
        """
            .formatted(where.sql());
    return new SelectedRows(database, WHAT).ids(sql, where, limit);
  }
}
