package org.waybill.bench;

import java.nio.ByteBuffer;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.IntFunction;
import java.util.stream.IntStream;

/**
 * The limit: nothing but multi-row JDBC inserts of the same rows into the same tables and columns
 * of the same database, with as many CDRs a commit as the server had.
 */
final class BareInsert {
  private static final int CONNECTIONS = 4;

  private final BenchDatabase database;
  private final SampleRow cdr;
  private final SampleRow key;
  private final SampleRow task;
  private final SampleRow data;
  private final SampleRow delivery;

  /** Takes its rows from those that the server stored last. */
  BareInsert(BenchDatabase database) throws SQLException {
    this.database = database;
    try (Connection connection = database.connect()) {
      cdr =
          SampleRow.read(
              connection,
              "normalized_cdrs",
              "uuid, plain, packed, TableSuffix, rmOrgID, source, received_at, start_epoch, calling_number,"
                  + " called_number, direction, hangup_cause, billsec");
      key =
          SampleRow.read(
              connection, "cdr_keys", "uuid, id_normalized_cdrs, TableSuffix, content_hash");
      task =
          SampleRow.read(
              connection,
              "tasks",
              "id_normalized_cdrs, task_type, create_time, next_attempt, priority, TableSuffix,"
                  + " rmOrgID, waiting");
      data = SampleRow.read(connection, "tasks_data", "id_tasks, xml_fragment, TableSuffix");
      delivery =
          SampleRow.read(
              connection,
              "deliveries",
              "id_tasks, id_normalized_cdrs, id_gateways, lane, due_at, kind, item, TableSuffix,"
                  + " rmOrgID, created_at");
    }
  }

  double perSecond(int commitSize, Duration time) throws InterruptedException {
    ExecutorService threads = Executors.newFixedThreadPool(CONNECTIONS);
    try {
      long start = System.nanoTime();
      long end = start + time.toNanos();
      Callable<Long> work = () -> insertUntil(end, commitSize);
      long stored = 0;
      for (Future<Long> done : threads.invokeAll(List.of(work, work, work, work))) {
        stored += done.get();
      }
      return stored * 1e9 / (System.nanoTime() - start);
    } catch (ExecutionException e) {
      throw new IllegalStateException("The bare insert failed.", e);
    } finally {
      threads.shutdown();
    }
  }

  private long insertUntil(long end, int commitSize) throws SQLException {
    long stored = 0;
    try (Connection connection = database.connect()) {
      connection.setAutoCommit(false);
      while (System.nanoTime() < end) {
        insert(connection, commitSize);
        connection.commit();
        stored += commitSize;
      }
    }
    return stored;
  }

  private void insert(Connection connection, int count) throws SQLException {
    List<Object[]> uuids = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      uuids.add(new Object[] {bytes(Load.randomUuid())});
    }
    List<Long> cdrs = numbered(connection, cdr, uuids);
    insert(connection, key, keys(count, i -> new Object[] {uuids.get(i)[0], cdrs.get(i)}));
    List<Long> tasks = numbered(connection, task, keys(count, i -> new Object[] {cdrs.get(i)}));
    insert(connection, data, keys(count, i -> new Object[] {tasks.get(i)}));
    insert(connection, delivery, keys(count, i -> new Object[] {tasks.get(i), cdrs.get(i)}));
  }

  private static List<Object[]> keys(int count, IntFunction<Object[]> ofRow) {
    return IntStream.range(0, count).mapToObj(ofRow).toList();
  }

  private static void insert(Connection connection, SampleRow row, List<Object[]> keys)
      throws SQLException {
    row.insert(connection, keys).close();
  }

  private static List<Long> numbered(Connection connection, SampleRow row, List<Object[]> keys)
      throws SQLException {
    List<Long> ids = new ArrayList<>();
    try (PreparedStatement insert = row.insert(connection, keys);
        ResultSet numbers = insert.getGeneratedKeys()) {
      while (numbers.next()) {
        ids.add(numbers.getLong(1));
      }
    }
    return ids;
  }

  private static byte[] bytes(UUID uuid) {
    return ByteBuffer.allocate(16)
        .putLong(uuid.getMostSignificantBits())
        .putLong(uuid.getLeastSignificantBits())
        .array();
  }
}
