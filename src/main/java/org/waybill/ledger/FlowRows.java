package org.waybill.ledger;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.waybill.platform.MultiRowInsert;

/**
 * The table {@code flow}: what came in and what became of it, minute by minute and hour by hour. It
 * is made of entries as they are folded, so it is exactly what the ledger adds up.
 */
final class FlowRows {
  private static final int MINUTE = 60;
  private static final int HOUR = 3_600;
  private static final int DAY = 86_400;
  private static final Map<Integer, Integer> KEPT = Map.of(MINUTE, 2 * DAY, HOUR, 30 * DAY);

  private static final MultiRowInsert<Row> ROWS =
      new MultiRowInsert<>(
          "flow",
          List.of("span", "begins", "received", "cdrs", "rejected", "delivered", "failed"),
          " ON DUPLICATE KEY UPDATE received = received + VALUES(received),"
              + " cdrs = cdrs + VALUES(cdrs), rejected = rejected + VALUES(rejected),"
              + " delivered = delivered + VALUES(delivered), failed = failed + VALUES(failed)",
          (values, row) -> {
            values.add(row.time().span()).add(row.time().begins());
            for (long amount : row.amounts()) {
              values.add(amount);
            }
          });

  private final Map<Time, long[]> times = new TreeMap<>();

  private record Time(int span, long begins) implements Comparable<Time> {
    @Override
    public int compareTo(Time other) {
      return span == other.span
          ? Long.compare(begins, other.begins)
          : Integer.compare(span, other.span);
    }
  }

  @SuppressWarnings("ArrayRecordComponent") // never compared
  private record Row(Time time, long[] amounts) {}

  /** What a transaction did at that second; what it took back, as a re-run does, stays done. */
  FlowRows add(long second, List<Entry> entries) {
    for (Entry entry : entries) {
      int column = column(entry.account());
      if (second > 0 && column >= 0 && entry.count() > 0) {
        for (int span : KEPT.keySet()) {
          Time time = new Time(span, second - second % span);
          times.computeIfAbsent(time, key -> new long[5])[column] += entry.count();
        }
      }
    }
    return this;
  }

  private static int column(Account account) {
    return switch (account) {
      case RECEIVED -> 0;
      case STORED -> 1;
      case REJECTED, REPEATED -> 2;
      case DONE -> 3;
      case FAILED -> 4;
      default -> -1;
    };
  }

  /** Adds it, and takes away what nobody looks at any more. */
  void write(Connection connection) throws SQLException {
    if (times.isEmpty()) {
      return;
    }
    List<Row> rows = new ArrayList<>();
    long newest = 0;
    for (Map.Entry<Time, long[]> time : times.entrySet()) {
      rows.add(new Row(time.getKey(), time.getValue()));
      newest = Math.max(newest, time.getKey().begins());
    }
    ROWS.insert(connection, rows);
    for (Map.Entry<Integer, Integer> kept : KEPT.entrySet()) {
      remove(connection, kept.getKey(), newest - kept.getValue());
    }
  }

  private static void remove(Connection connection, int span, long before) throws SQLException {
    try (PreparedStatement delete =
        connection.prepareStatement("DELETE FROM flow WHERE span = ? AND begins < ? LIMIT 5000")) {
      delete.setInt(1, span);
      delete.setLong(2, before);
      delete.executeUpdate();
    }
  }
}
