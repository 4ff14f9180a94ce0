package org.waybill.dispatch;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.waybill.gateway.Circuit;
import org.waybill.platform.Database;
import org.waybill.task.AddressBook;
import org.waybill.task.DeliveryKind;
import org.waybill.task.Gateway;

/**
 * Drives the queues of some kinds of gateways on one node: one thread that reads what is due and
 * starts sends, which hold no thread, and one that records what came of them. So a gateway that
 * hangs delays no other.
 */
final class Dispatcher {
  private static final Logger LOG = System.getLogger(Dispatcher.class.getName());
  private static final Duration PAUSE_AFTER_ERROR = Duration.ofSeconds(1);
  private static final Duration DRAIN_STEP = Duration.ofMillis(50);
  private static final Duration LAST_RECORDS = Duration.ofSeconds(5);
  private static final Set<String> GATHERED = Set.of(DeliveryKind.REPORT.gatewayKind());

  private final DispatchRoom room;
  private final Set<String> kinds;
  private final Database database;
  private final Leases leases;
  private final Recorder recorder;
  private final QueueDriver driver;
  private final Teller teller;
  private final Wakeup wakeup = new Wakeup();
  private final Map<Integer, OwnedQueue> queues = new TreeMap<>();
  private Set<Integer> known = Set.of();
  private AddressBook book = new AddressBook(List.of());
  private boolean failing;
  private volatile boolean begun;
  private volatile boolean stopping;

  /**
   * @param kinds of gateways whose queues it drives; who drives {@code storage} also drives the
   *     queue of deliveries that have no gateway
   */
  Dispatcher(DispatchRoom room, Set<String> kinds, int node) {
    this.room = room;
    this.kinds = kinds;
    this.database = room.database();
    LeaseStore store = new LeaseStore(node, room.times().dead());
    this.leases = new Leases(database, store, room.times());
    this.recorder = new Recorder(database, store, node, room.times(), room.figures());
    this.teller = new Teller(database, store, room.figures(), node);
    Sender sender =
        new Sender(
            room.courier(),
            new Cargoes(database),
            recorder,
            wakeup,
            new Sender.Post(node, room.clock()));
    ReportDriver reports =
        new ReportDriver(
            database,
            room.courier().reports(),
            new ReportMaker(database, store, sender, room.courier().reports()),
            room.pace(),
            new ReportDriver.Desktop(recorder, wakeup, node, room.clock()));
    this.driver =
        new QueueDriver(
            database,
            store,
            leases,
            sender,
            new QueueDriver.Surroundings(recorder, room.bell(), room.clock(), reports));
  }

  /** Dispatches until it is stopped, then lets what is under way end and gives its queues back. */
  void run() throws InterruptedException {
    Thread recording = new Thread(recorder, Thread.currentThread().getName() + "-recorder");
    recording.setDaemon(true);
    recording.start();
    // Who gathers reports anyway need not be woken at each commit.
    Runnable listener = kinds.equals(GATHERED) ? () -> {} : wakeup::work;
    room.bell().listen(listener);
    try {
      dispatch();
    } finally {
      room.bell().stopListening(listener);
      drain(recording);
    }
  }

  /** Whether it has begun, looked for queues once, and not been stopped. */
  boolean isDriving() {
    return begun && !stopping;
  }

  void stop() {
    stopping = true;
    wakeup.poke();
  }

  private void dispatch() throws InterruptedException {
    boolean rung = true;
    while (!stopping) {
      Duration sleep;
      try {
        sleep = round(rung);
        failing = false;
        begun = true;
      } catch (RuntimeException e) {
        complain(e);
        sleep = PAUSE_AFTER_ERROR;
      }
      rung = wakeup.await(sleep);
    }
  }

  /** Serves every queue once, and says how long nothing needs to be done. */
  private Duration round(boolean rung) {
    readBook();
    if (leases.areDue() || queuesChanged()) {
      beat();
    }
    handOver();
    leases.held().stream().filter(lease -> !queues.containsKey(lease.queue())).forEach(this::own);
    boolean goOn = false;
    for (OwnedQueue owned : queues.values()) {
      if (rung) {
        owned.mayHaveWork();
      }
      goOn |= driver.serve(owned, book);
    }
    teller.tell(queues.values(), room.clock().instant());
    return goOn ? Duration.ZERO : sleep();
  }

  private void readBook() {
    AddressBook now = room.gateways().book();
    if (!now.routesLike(book)) {
      Instant time = room.clock().instant();
      for (OwnedQueue owned : queues.values()) {
        owned.queue.restart();
        owned.sweep.restart(time);
        owned.mayHaveWork();
      }
    }
    book = now;
  }

  private Set<Integer> queueIds() {
    Set<Integer> ids = new TreeSet<>();
    for (Gateway gateway : book.gateways()) {
      if (kinds.contains(gateway.kind())) {
        ids.add(gateway.id());
      }
    }
    if (kinds.contains("storage")) {
      ids.add(Gateway.NONE);
    }
    return ids;
  }

  private boolean queuesChanged() {
    return !queueIds().equals(known);
  }

  private void beat() {
    Set<Integer> ids = queueIds();
    if (ids.isEmpty()) {
      known = ids;
      return;
    }
    Leases.Change change = leases.beat(ids);
    known = ids;
    change.lost().forEach(lease -> lose(lease.queue()));
    room.figures().tookOver(change.takenOver());
    List<OwnedQueue> mine = new ArrayList<>(queues.values());
    long ceding = mine.stream().filter(owned -> owned.queue.isCeding()).count();
    for (int i = mine.size() - 1; i >= 0 && ceding < change.surplus(); i--) {
      if (!mine.get(i).queue.isCeding()) {
        mine.get(i).queue.cede();
        ceding++;
      }
    }
  }

  private void own(Lease lease) {
    Instant now = room.clock().instant();
    Optional<Gateway> gateway = book.find(lease.queue());
    int limit = gateway.map(Gateway::maxInFlight).orElse(1);
    Optional<Circuit.Snapshot> saved =
        database.read("read circuit", c -> CircuitStore.find(c, lease.queue()));
    Circuit circuit =
        saved
            .map(before -> Circuit.restore(before, limit, now))
            .orElseGet(() -> new Circuit(limit, now));
    GatewayQueue queue = new GatewayQueue(lease, circuit, room.judge(), room.clock());
    queue.sawProbes(gateway.map(Gateway::probesAsked).orElse(0));
    OwnedQueue owned = new OwnedQueue(queue, room.times());
    // Where nothing is sent for now, what belongs elsewhere would not be met.
    owned.sweep.restart(now);
    queues.put(lease.queue(), owned);
  }

  private void lose(int id) {
    OwnedQueue owned = queues.remove(id);
    if (owned != null) {
      owned.queue.lose();
      leases.forget(owned.queue.lease());
      room.figures().forget(id);
    }
  }

  /** Gives back what was to be handed over and is quiet, and forgets what was taken away. */
  private void handOver() {
    for (OwnedQueue owned : List.copyOf(queues.values())) {
      GatewayQueue queue = owned.queue;
      if (queue.isLost()) {
        lose(queue.id());
      } else if (queue.isCeding() && queue.isQuiet()) {
        leases.release(queue.lease());
        lose(queue.id());
      }
    }
  }

  Duration sleep() {
    Instant now = room.clock().instant();
    // Without queues there are no leases to renew, and so nothing is ever due.
    Duration sleep = known.isEmpty() ? room.times().idlePoll() : leases.untilDue();
    for (OwnedQueue owned : queues.values()) {
      Duration look = owned.untilLook();
      // A queue that may not be sent to now is woken by what it waits for, not by new work.
      if (!look.isZero()) {
        sleep = shorter(sleep, look);
      }
      Instant next = owned.queue.nextMoment(now);
      if (next != null) {
        sleep = shorter(sleep, Duration.between(now, next).plusMillis(1));
      }
    }
    sleep = shorter(sleep, room.times().idlePoll());
    return sleep.isNegative() ? Duration.ZERO : sleep;
  }

  private static Duration shorter(Duration a, Duration b) {
    return a.compareTo(b) <= 0 ? a : b;
  }

  private void complain(RuntimeException e) {
    if (!failing) {
      LOG.log(
          Level.ERROR,
          "WB-DISPATCH-01 Dispatching is interrupted and goes on by itself as soon as it can. Check"
              + " the database.",
          e);
    }
    failing = true;
  }

  private void drain(Thread recording) throws InterruptedException {
    long until = System.nanoTime() + room.times().drain().toNanos();
    queues.values().forEach(owned -> owned.queue.cede());
    while (System.nanoTime() < until && !queues.isEmpty()) {
      renew();
      for (OwnedQueue owned : List.copyOf(queues.values())) {
        if (owned.queue.isLost() || owned.queue.isQuiet()) {
          leave(owned);
        }
      }
      if (!queues.isEmpty()) {
        wakeup.await(DRAIN_STEP);
      }
    }
    recorder.stop();
    recording.join(LAST_RECORDS.toMillis());
    recording.interrupt();
    List.copyOf(queues.values()).forEach(this::leave);
  }

  private void renew() {
    try {
      if (leases.areDue()) {
        leases.renew();
      }
    } catch (RuntimeException e) {
      complain(e);
    }
  }

  /** One try: where the database has gone before us, as at a power-off, the lease runs out. */
  private void leave(OwnedQueue owned) {
    try {
      leases.release(owned.queue.lease());
    } catch (RuntimeException e) {
      complain(e);
    }
    lose(owned.queue.id());
  }
}
