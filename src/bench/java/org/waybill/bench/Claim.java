package org.waybill.bench;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import org.waybill.task.Deliveries;
import org.waybill.task.LaneRange;

/** What it costs the owner of a queue to read what is due: dispatch's own statement, timed. */
final class Claim {
  private static final int WARM_UP = 1000;
  private static final int ROUNDS = 7;
  private static final int TIMES = 300;
  private static final int ROWS = 200;

  private final BenchDatabase database;
  private final int queue;

  Claim(BenchDatabase database, int queue) {
    this.database = database;
    this.queue = queue;
  }

  /**
   * @param medianMicros of the calmest of some rounds: what the machine does besides only adds
   * @param rowsRead rows that the database touched for one claim
   */
  record Cost(double medianMicros, long rowsRead) {}

  Cost measure() throws SQLException {
    try (Connection connection = database.connect()) {
      for (int i = 0; i < WARM_UP; i++) {
        claim(connection);
      }
      double best = Double.MAX_VALUE;
      for (int round = 0; round < ROUNDS; round++) {
        best = Math.min(best, medianMicros(connection));
      }
      long before = rowsRead(connection);
      long counted = rowsRead(connection);
      claim(connection);
      return new Cost(best, rowsRead(connection) - counted - (counted - before));
    }
  }

  private double medianMicros(Connection connection) throws SQLException {
    long[] nanos = new long[TIMES];
    for (int i = 0; i < TIMES; i++) {
      long start = System.nanoTime();
      claim(connection);
      nanos[i] = System.nanoTime() - start;
    }
    Arrays.sort(nanos);
    return nanos[TIMES / 2] / 1000.0;
  }

  private void claim(Connection connection) throws SQLException {
    Instant now = Instant.now();
    List<LaneRange> lanes =
        List.of(
            new LaneRange(0, Instant.EPOCH, null, now, ROWS),
            new LaneRange(1, Instant.EPOCH, null, now, ROWS),
            new LaneRange(2, Instant.EPOCH, null, now, ROWS));
    if (Deliveries.read(connection, queue, lanes).size() < ROWS) {
      throw new IllegalStateException("A claim found fewer than " + ROWS + " due deliveries.");
    }
  }

  private static long rowsRead(Connection connection) throws SQLException {
    return BenchDatabase.number(
        connection,
        "SELECT SUM(VARIABLE_VALUE) FROM information_schema.SESSION_STATUS"
            + " WHERE VARIABLE_NAME LIKE 'HANDLER_READ%'");
  }
}
