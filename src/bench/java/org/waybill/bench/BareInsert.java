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
              "uuid, xml, TableSuffix, rmOrgID, source, received_at, start_epoch, calling_number,"
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
    List<byte[]> uuids = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      uuids.add(bytes(Load.randomUuid()));
    }
    List<Long> cdrs;
    try (PreparedStatement insert = cdr.prepare(connection)) {
      for (byte[] uuid : uuids) {
        cdr.add(insert, (Object) uuid);
      }
      cdrs = keys(insert);
    }
    try (PreparedStatement insert = key.prepare(connection)) {
      for (int i = 0; i < count; i++) {
        key.add(insert, uuids.get(i), cdrs.get(i));
      }
      insert.executeBatch();
    }
    insertTasks(connection, cdrs);
  }

  private void insertTasks(Connection connection, List<Long> cdrs) throws SQLException {
    List<Long> tasks;
    try (PreparedStatement insert = task.prepare(connection)) {
      for (long cdrId : cdrs) {
        task.add(insert, cdrId);
      }
      tasks = keys(insert);
    }
    try (PreparedStatement insert = data.prepare(connection)) {
      for (long id : tasks) {
        data.add(insert, id);
      }
      insert.executeBatch();
    }
    try (PreparedStatement insert = delivery.prepare(connection)) {
      for (int i = 0; i < tasks.size(); i++) {
        delivery.add(insert, tasks.get(i), cdrs.get(i));
      }
      insert.executeBatch();
    }
  }

  private static List<Long> keys(PreparedStatement insert) throws SQLException {
    insert.executeBatch();
    List<Long> ids = new ArrayList<>();
    try (ResultSet keys = insert.getGeneratedKeys()) {
      while (keys.next()) {
        ids.add(keys.getLong(1));
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
