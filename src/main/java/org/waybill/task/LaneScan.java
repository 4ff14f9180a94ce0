package org.waybill.task;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.StringJoiner;
import org.waybill.platform.Columns;

/** The one hot read of {@code deliveries}: stretches of lanes, each in claim order. */
final class LaneScan {
  private LaneScan() {}

  static List<Delivery> read(Connection connection, int queue, List<LaneRange> ranges)
      throws SQLException {
    StringJoiner sql = new StringJoiner(" UNION ALL ");
    for (LaneRange range : ranges) {
      if (range.fromTask() != null) {
        sql.add(scan("due_at = ? AND id_tasks >= ?"));
      }
      sql.add(
          scan(
              range.fromTask() == null
                  ? "due_at >= ? AND due_at <= ?"
                  : "due_at > ? AND due_at <= ?"));
    }
    try (PreparedStatement select = connection.prepareStatement(sql.toString())) {
      int column = 1;
      for (LaneRange range : ranges) {
        column = bind(select, column, queue, range);
      }
      try (ResultSet row = select.executeQuery()) {
        List<Delivery> found = new ArrayList<>();
        while (row.next()) {
          found.add(DeliveryRows.delivery(row));
        }
        return found;
      }
    }
  }

  // The hot table's statistics are frozen while it is empty, so the plan is named.
  static String scan(String stretch) {
    return """
        (SELECT %s FROM deliveries FORCE INDEX (PRIMARY)
          WHERE id_gateways = ? AND lane = ? AND %s
          ORDER BY id_gateways, lane, due_at, id_tasks, kind, item LIMIT ?)
        """
        .formatted(DeliveryRows.COLUMNS, stretch);
  }

  private static int bind(PreparedStatement select, int first, int queue, LaneRange range)
      throws SQLException {
    int column = first;
    if (range.fromTask() != null) {
      select.setInt(column++, queue);
      select.setInt(column++, range.lane());
      select.setObject(column++, Columns.utc(range.from()));
      select.setLong(column++, range.fromTask());
      select.setInt(column++, range.limit());
    }
    select.setInt(column++, queue);
    select.setInt(column++, range.lane());
    select.setObject(column++, Columns.utc(range.from()));
    select.setObject(column++, Columns.utc(range.until()));
    select.setInt(column++, range.limit());
    return column;
  }
}
