package org.waybill.dispatch;

import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.Map;
import java.util.TreeMap;
import org.waybill.dispatch.AnswerBook.Bucket;
import org.waybill.platform.Database;
import org.waybill.task.Deliveries;

/**
 * Tells every few seconds how the queues of this node do: {@code /metrics}, and the other nodes.
 */
final class Teller {
  private static final long EVERY = Duration.ofSeconds(5).toNanos();

  private final Database database;
  private final LeaseStore store;
  private final DispatchFigures figures;
  private final int node;
  private long toldAt = System.nanoTime() - EVERY;

  Teller(Database database, LeaseStore store, DispatchFigures figures, int node) {
    this.database = database;
    this.store = store;
    this.figures = figures;
    this.node = node;
  }

  void tell(Collection<OwnedQueue> queues, Instant now) {
    if (System.nanoTime() - toldAt < EVERY) {
      return;
    }
    toldAt = System.nanoTime();
    for (OwnedQueue owned : queues) {
      Deliveries.Backlog waiting =
          database.read("count backlog", c -> Deliveries.backlog(c, owned.queue.id()));
      figures.queue(owned.queue, waiting, now);
    }
    writeDown(queues);
  }

  private void writeDown(Collection<OwnedQueue> queues) {
    Map<Integer, Map<Integer, Bucket>> answers = new TreeMap<>();
    queues.forEach(
        owned -> answers.put(owned.queue.id(), figures.answers().take(owned.queue.id())));
    database.transact(
        "tell how gateways answered",
        connection -> {
          for (Map.Entry<Integer, Map<Integer, Bucket>> one : answers.entrySet()) {
            AnswerBook.write(connection, node, one.getKey(), one.getValue());
          }
          for (OwnedQueue owned : queues) {
            store.tell(connection, owned.queue.lease(), owned.queue.inFlight());
          }
          return true;
        });
  }
}
