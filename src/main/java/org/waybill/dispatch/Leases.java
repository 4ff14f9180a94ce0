package org.waybill.dispatch;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.waybill.dispatch.LeaseStore.Row;
import org.waybill.platform.Database;

/**
 * Which queues this node owns. Nodes share queues evenly: each takes free ones up to its share, and
 * hands over what it has above it.
 */
final class Leases {
  private final Database database;
  private final LeaseStore store;
  private final DispatchTimes times;
  private final Map<Integer, Lease> held = new TreeMap<>();
  private long renewedAt = System.nanoTime();

  Leases(Database database, LeaseStore store, DispatchTimes times) {
    this.database = database;
    this.store = store;
    this.times = times;
  }

  /**
   * What a heartbeat changed.
   *
   * @param takenOver how many of those taken had an owner that is dead
   * @param surplus how many should be handed over
   */
  record Change(List<Lease> taken, List<Lease> lost, int takenOver, int surplus) {}

  /** Renews what is held, and takes what is free and fair. */
  Change beat(Set<Integer> queues) {
    // Taken before the statement is sent: the age must not be underestimated.
    long before = System.nanoTime();
    Change change = database.transact("renew leases", connection -> beat(connection, queues));
    change.lost().forEach(lease -> held.remove(lease.queue(), lease));
    change.taken().forEach(lease -> held.put(lease.queue(), lease));
    renewedAt = before;
    return change;
  }

  /** Renews what is held, and takes nothing: this node is about to stop. */
  void renew() {
    long before = System.nanoTime();
    database.transact(
        "renew leases",
        connection -> {
          for (Lease lease : held.values()) {
            store.renew(connection, lease);
          }
          return true;
        });
    renewedAt = before;
  }

  /** Whether a send may begin: no other node can have taken over yet. */
  boolean areFresh() {
    return System.nanoTime() - renewedAt < times.stopSending().toNanos();
  }

  boolean areDue() {
    return System.nanoTime() - renewedAt >= times.heartbeat().toNanos();
  }

  Duration untilDue() {
    return times.heartbeat().minusNanos(System.nanoTime() - renewedAt);
  }

  List<Lease> held() {
    return List.copyOf(held.values());
  }

  void forget(Lease lease) {
    held.remove(lease.queue(), lease);
  }

  void release(Lease lease) {
    database.transact(
        "release lease",
        connection -> {
          store.release(connection, lease);
          return true;
        });
    forget(lease);
  }

  private Change beat(Connection connection, Set<Integer> queues) throws SQLException {
    store.beat(connection);
    List<Lease> lost = new ArrayList<>();
    for (Lease lease : held.values()) {
      if (!store.renew(connection, lease)) {
        lost.add(lease);
      }
    }
    List<Row> rows = store.rows(connection, queues);
    int nodes = Math.max(1, store.liveNodes(connection));
    int share = (queues.size() + nodes - 1) / nodes;
    int owned = held.size() - lost.size();
    List<Row> taken = take(connection, rows, share - owned);
    int takenOver = (int) taken.stream().filter(row -> row.node() != null).count();
    List<Lease> leases =
        taken.stream().map(row -> new Lease(row.lease().queue(), row.lease().epoch() + 1)).toList();
    return new Change(leases, lost, takenOver, Math.max(0, owned + taken.size() - share));
  }

  private List<Row> take(Connection connection, List<Row> rows, int wanted) throws SQLException {
    List<Row> taken = new ArrayList<>();
    for (Row row : rows) {
      boolean mine = held.containsKey(row.lease().queue());
      boolean fair = taken.size() < wanted || row.neglected();
      if (row.free() && !mine && fair && store.take(connection, row.lease())) {
        taken.add(row);
      }
    }
    return taken;
  }
}
