package org.waybill.dispatch;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.waybill.platform.Database;
import org.waybill.task.Settlement;
import org.waybill.task.Settlements;

/**
 * Records verdicts, many in one transaction, behind the fence of each queue's lease: what a node
 * that lost a queue still has to say about it is dropped, and its new owner sends again under the
 * same key.
 */
final class Recorder implements Runnable {
  private static final Logger LOG = System.getLogger(Recorder.class.getName());
  private static final int MOST = 200;

  /** What a batch has more is recorded by further statements, whose length has limits. */
  private static final int MOST_TOGETHER = 1000;

  private static final long PAUSE_MILLIS = 500;

  private final Database database;
  private final LeaseStore leases;
  private final int node;
  private final long lingerNanos;
  private final DispatchFigures figures;
  private final LinkedBlockingQueue<Entry> verdicts = new LinkedBlockingQueue<>();
  private volatile boolean stopping;

  /** Something for the books, or only a circuit to be saved. */
  private record Entry(GatewayQueue queue, @Nullable Recordable what) {
    int size() {
      return what == null ? 1 : what.size();
    }
  }

  /** What one delivery came to. */
  private record One(GatewayQueue queue, Settlement settlement) implements Recordable {
    @Override
    public int size() {
      return 1;
    }

    @Override
    public List<Settlement> settle(Connection connection) {
      return List.of(settlement);
    }

    @Override
    public void recorded(DispatchFigures figures, boolean lost) {
      queue.recorded(settlement);
      figures.recorded(settlement, lost);
    }
  }

  Recorder(
      Database database,
      LeaseStore leases,
      int node,
      DispatchTimes times,
      DispatchFigures figures) {
    this.database = database;
    this.leases = leases;
    this.node = node;
    this.lingerNanos = times.linger().toNanos();
    this.figures = figures;
  }

  void add(GatewayQueue queue, Settlement settlement) {
    add(queue, new One(queue, settlement));
  }

  void add(GatewayQueue queue, Recordable what) {
    verdicts.add(new Entry(queue, what));
  }

  /** The queue's circuit may have changed. */
  void saveCircuit(GatewayQueue queue) {
    verdicts.add(new Entry(queue, null));
  }

  /** Lets it end when it has nothing left to record. */
  void stop() {
    stopping = true;
  }

  @Override
  public void run() {
    boolean oneByOne = false;
    List<Entry> batch = new ArrayList<>();
    try {
      while (!(stopping && batch.isEmpty() && verdicts.isEmpty())) {
        gather(batch);
        oneByOne = !batch.isEmpty() && !record(batch, oneByOne);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** Waits for a verdict, and a little for others to share its transaction. */
  private void gather(List<Entry> batch) throws InterruptedException {
    if (batch.isEmpty()) {
      Entry first = verdicts.poll(100, TimeUnit.MILLISECONDS);
      if (first == null) {
        return;
      }
      batch.add(first);
    }
    long until = System.nanoTime() + lingerNanos;
    int size = batch.stream().mapToInt(Entry::size).sum();
    while (size < MOST) {
      Entry next = verdicts.poll(until - System.nanoTime(), TimeUnit.NANOSECONDS);
      if (next == null) {
        return;
      }
      batch.add(next);
      size += next.size();
    }
  }

  /** Records a batch, or only its first when the batch failed; what is recorded leaves it. */
  private boolean record(List<Entry> batch, boolean oneByOne) throws InterruptedException {
    List<Entry> now = oneByOne ? List.of(batch.get(0)) : List.copyOf(batch);
    try {
      flush(now);
      batch.subList(0, now.size()).clear();
      return !oneByOne || batch.isEmpty();
    } catch (RuntimeException e) {
      LOG.log(
          Level.ERROR,
          "WB-DISPATCH-03 Verdicts on deliveries could not be recorded and are tried again. Check"
              + " the database. ({0})",
          e.getMessage());
      // One that the database refuses must not hold up the others for ever.
      batch.add(batch.remove(0));
      Thread.sleep(PAUSE_MILLIS);
      return false;
    }
  }

  private void flush(List<Entry> batch) {
    long began = System.nanoTime();
    Set<GatewayQueue> queues = queues(batch);
    Map<GatewayQueue, GatewayQueue.Unsaved> circuits = new LinkedHashMap<>();
    queues.forEach(queue -> circuits.put(queue, queue.unsavedCircuit()));
    Set<GatewayQueue> lost = database.transact("record verdicts", c -> flush(c, batch, circuits));
    circuits.forEach(GatewayQueue::savedCircuit);
    for (Entry verdict : batch) {
      Recordable what = verdict.what();
      if (what != null) {
        what.recorded(figures, lost.contains(verdict.queue()));
      }
    }
    for (GatewayQueue queue : lost) {
      abandon(queue);
    }
    figures.flushed(batch.size(), System.nanoTime() - began);
  }

  private Set<GatewayQueue> flush(
      Connection connection, List<Entry> batch, Map<GatewayQueue, GatewayQueue.Unsaved> circuits)
      throws SQLException {
    Set<GatewayQueue> lost = new HashSet<>();
    for (GatewayQueue queue : circuits.keySet()) {
      if (!leases.renew(connection, queue.lease())) {
        lost.add(queue);
      }
    }
    List<Settlement> ours = ours(connection, batch, lost);
    for (int from = 0; from < ours.size(); from += MOST_TOGETHER) {
      int to = Math.min(ours.size(), from + MOST_TOGETHER);
      Settlements.record(connection, ours.subList(from, to), node);
    }
    for (Map.Entry<GatewayQueue, GatewayQueue.Unsaved> circuit : circuits.entrySet()) {
      if (!lost.contains(circuit.getKey())) {
        saveCircuit(connection, circuit.getKey().id(), circuit.getValue());
      }
    }
    return lost;
  }

  private void saveCircuit(Connection connection, int gateway, GatewayQueue.Unsaved circuit)
      throws SQLException {
    if (circuit.now() != null) {
      CircuitStore.save(connection, gateway, circuit.now());
    }
    CircuitStore.tell(connection, gateway, node, circuit.changes());
  }

  private static List<Settlement> ours(
      Connection connection, Collection<Entry> batch, Set<GatewayQueue> lost) throws SQLException {
    List<Settlement> ours = new ArrayList<>();
    for (Entry verdict : batch) {
      if (verdict.what() != null && !lost.contains(verdict.queue())) {
        ours.addAll(verdict.what().settle(connection));
      }
    }
    return ours;
  }

  /** In the order of their ids, so that two transactions lock leases in the same order. */
  private static Set<GatewayQueue> queues(List<Entry> batch) {
    Set<GatewayQueue> sorted = new TreeSet<>(Comparator.comparingInt(GatewayQueue::id));
    batch.forEach(verdict -> sorted.add(verdict.queue()));
    return new LinkedHashSet<>(sorted);
  }

  private void abandon(GatewayQueue queue) {
    if (!queue.isLost()) {
      figures.fenced();
      LOG.log(
          Level.WARNING,
          "WB-DISPATCH-02 Another node owns the queue of gateway {0} now; what this one sent last"
              + " is sent again by the other, under the same keys.",
          queue.id());
      queue.lose();
    }
  }
}
