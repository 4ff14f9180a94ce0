package org.waybill.dispatch;

import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.waybill.platform.Database;
import org.waybill.task.AddressBook;
import org.waybill.task.Deliveries;
import org.waybill.task.Delivery;
import org.waybill.task.Gateway;
import org.waybill.task.LaneRange;
import org.waybill.task.WorkBell;

/** What is done for one queue in one round: move what belongs elsewhere, read ahead, send. */
final class QueueDriver {
  private final Database database;
  private final LeaseStore store;
  private final Leases leases;
  private final Sender sender;
  private final Surroundings around;
  private final Cargoes cargoes;
  private final ReportDriver reports;

  /** What it needs of the house. */
  record Surroundings(Recorder recorder, WorkBell bell, Clock clock, ReportDriver reports) {}

  QueueDriver(
      Database database, LeaseStore store, Leases leases, Sender sender, Surroundings around) {
    this.database = database;
    this.store = store;
    this.leases = leases;
    this.sender = sender;
    this.around = around;
    this.cargoes = new Cargoes(database);
    this.reports = around.reports();
  }

  /**
   * Serves a queue once.
   *
   * @return whether it could go on at once
   */
  boolean serve(OwnedQueue owned, AddressBook book) {
    GatewayQueue queue = owned.queue;
    if (queue.isCeding() || queue.isLost()) {
      return false;
    }
    Gateway gateway = book.find(queue.id()).filter(Gateway::active).orElse(null);
    boolean sweeping = sweep(owned, book, gateway == null);
    if (gateway == null || gateway.paused() || !leases.areFresh()) {
      return sweeping;
    }
    return send(owned, gateway, book) || sweeping;
  }

  private boolean send(OwnedQueue owned, Gateway gateway, AddressBook book) {
    GatewayQueue queue = owned.queue;
    Instant now = around.clock().instant();
    if (queue.retryIsDue(now)) {
      owned.mayHaveWork();
    }
    int free = queue.free(gateway, now);
    if (free > 0 && ReportDriver.isFor(gateway)) {
      return sendReports(owned, gateway, book, free);
    }
    if (free > 0) {
      List<Delivery> arrived = readAhead(owned, gateway.maxInFlight(), owned.shouldLook(), book);
      queue.add(cargoes.ahead(arrived));
    }
    int sent = 0;
    while (sent < free && sendNext(queue, gateway)) {
      sent++;
    }
    saveCircuit(queue);
    return sent > 0 && sent < free && queue.runsLow();
  }

  private void saveCircuit(GatewayQueue queue) {
    if (!queue.unsavedCircuit().isNothing()) {
      around.recorder().saveCircuit(queue);
    }
  }

  /** Reads without cargo: a batch reads that when it is made. */
  private boolean sendReports(OwnedQueue owned, Gateway consumer, AddressBook book, int free) {
    reports.open(owned, consumer);
    boolean look = owned.shouldLook() || reports.isTime(owned, around.clock().instant());
    List<Delivery> arrived = readAhead(owned, reports.ahead(), look, book);
    owned.queue.add(arrived.stream().map(delivery -> new Ready(delivery, null)).toList());
    boolean more = reports.send(owned, consumer, free, leases);
    saveCircuit(owned.queue);
    return more;
  }

  private boolean sendNext(GatewayQueue queue, Gateway gateway) {
    if (!leases.areFresh()) {
      return false;
    }
    Ready ready = queue.next();
    return ready != null && sender.start(queue, gateway, ready);
  }

  /** What has come into the queue. */
  private List<Delivery> readAhead(OwnedQueue owned, int wanted, boolean look, AddressBook book) {
    GatewayQueue queue = owned.queue;
    List<LaneRange> ranges = queue.wanted(wanted, look, around.clock().instant());
    if (ranges.isEmpty()) {
      return List.of();
    }
    List<Delivery> page = read(queue, ranges);
    List<Delivery> arrived = queue.arrived(ranges, page);
    if (look) {
      owned.looked(!arrived.isEmpty());
    }
    return keepOwn(queue, arrived, book);
  }

  /** Goes on with the search for what belongs elsewhere; true while there is more to search. */
  private boolean sweep(OwnedQueue owned, AddressBook book, boolean nothingIsSent) {
    // Where nothing is sent nothing is looked at either, so newcomers must be found here.
    boolean look = nothingIsSent && owned.shouldLook();
    List<LaneRange> ranges = owned.sweep.next(look, around.clock().instant());
    if (ranges.isEmpty()) {
      return false;
    }
    List<Delivery> page = read(owned.queue, ranges);
    owned.sweep.read(ranges, page);
    if (look) {
      owned.looked(false);
    }
    keepOwn(owned.queue, page, book);
    return !owned.sweep.isDone();
  }

  private List<Delivery> read(GatewayQueue queue, List<LaneRange> ranges) {
    queue.beginsToRead();
    return database.read(
        "read due deliveries", connection -> Deliveries.read(connection, queue.id(), ranges));
  }

  /** Moves those that have never been sent and belong elsewhere by now; returns the others. */
  private List<Delivery> keepOwn(GatewayQueue queue, List<Delivery> rows, AddressBook book) {
    List<Delivery> own = new ArrayList<>();
    Map<Delivery, Integer> moves = new HashMap<>();
    for (Delivery row : rows) {
      int target =
          row.progress().bound()
              ? queue.id()
              : book.route(row.origin().rmOrgId(), row.key().kind(), row.key().item());
      if (target == queue.id()) {
        own.add(row);
      } else if (!queue.holds(row)) {
        moves.put(row, target);
      }
    }
    if (!moves.isEmpty()) {
      move(queue, moves);
    }
    return own;
  }

  private void move(GatewayQueue queue, Map<Delivery, Integer> moves) {
    boolean ours =
        database.transact(
            "re-route deliveries",
            connection -> {
              boolean stillOurs = store.renew(connection, queue.lease());
              if (stillOurs) {
                Deliveries.move(connection, moves, around.clock().instant());
              }
              return stillOurs;
            });
    if (ours) {
      around.bell().ring();
    } else {
      queue.lose();
    }
  }
}
