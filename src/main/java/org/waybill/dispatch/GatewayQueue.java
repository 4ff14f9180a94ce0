package org.waybill.dispatch;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.waybill.gateway.Circuit;
import org.waybill.gateway.Verdict;
import org.waybill.task.Attempt.Sent;
import org.waybill.task.Delivery;
import org.waybill.task.DeliveryKey;
import org.waybill.task.Gateway;
import org.waybill.task.LaneRange;
import org.waybill.task.Place;
import org.waybill.task.Progress;
import org.waybill.task.Settlement;

/**
 * A queue that this node owns, as it is in memory: what was read ahead, what is under way, what is
 * not recorded yet, and whether its gateway may be sent to. Sends end on the network's threads, so
 * all of it is guarded by one lock, which nobody holds for long.
 */
final class GatewayQueue {
  /** More verdicts than this that the database has not taken stop further sends. */
  static final int MOST_UNRECORDED = 1000;

  /**
   * While fresh work waits, bulk re-runs have this part of the sends under way: a tenth of the
   * turns would come to more where they hang and fresh ones do not.
   */
  private static final int BULK_SHARE = 5;

  private static final int LEAST_AHEAD = 64;
  private static final Duration READ_ALL_EVERY = Duration.ofMinutes(1);

  private static final Comparator<Delivery> IN_LANE =
      Comparator.comparing((Delivery row) -> row.place().dueAt()).thenComparing(Delivery::taskId);

  private final Lease lease;
  private final Judge judge;
  private final Clock clock;
  private final Circuit circuit;
  private final Lanes lanes = new Lanes();
  private final List<LaneCursor> cursors = LaneCursor.ofAllLanes(READ_ALL_EVERY);
  private final Map<DeliveryKey, Delivery> held = new HashMap<>();

  /** Those of batches that are not settled, sent or not. */
  private final Set<DeliveryKey> inBatches = new HashSet<>();

  /** A read sees what was committed when it began, so it still meets what was settled during it. */
  private final Set<DeliveryKey> settledSinceRead = new HashSet<>();

  private final RateLimit rate = new RateLimit();
  private int inFlight;
  private int bulkInFlight;
  private int mostBulk = 1;
  private int unrecorded;
  private boolean ceding;
  private boolean lost;
  private @Nullable Instant lastDelivered;
  private @Nullable Instant nextDue;
  private int probesSeen;
  private Circuit.Snapshot savedCircuit;

  /**
   * What the books do not know of a circuit yet.
   *
   * @param now null where that has not changed
   */
  record Unsaved(Circuit.@Nullable Snapshot now, List<Circuit.Change> changes) {
    boolean isNothing() {
      return now == null && changes.isEmpty();
    }
  }

  GatewayQueue(Lease lease, Circuit circuit, Judge judge, Clock clock) {
    this.lease = lease;
    this.judge = judge;
    this.clock = clock;
    this.circuit = circuit;
    this.savedCircuit = circuit.snapshot();
  }

  int id() {
    return lease.queue();
  }

  Lease lease() {
    return lease;
  }

  /** So many probes were asked for before this node owned it. */
  synchronized void sawProbes(int asked) {
    probesSeen = asked;
  }

  /** How many sends may begin now. */
  synchronized int free(Gateway gateway, Instant now) {
    if (ceding || lost || unrecorded > MOST_UNRECORDED) {
      return 0;
    }
    circuit.limit(gateway.maxInFlight());
    if (gateway.probesAsked() != probesSeen) {
      probesSeen = gateway.probesAsked();
      circuit.probeNow(now);
    }
    mostBulk = Math.max(1, gateway.maxInFlight() / BULK_SHARE);
    return Math.min(rate.available(gateway.ratePerSecond(), now), circuit.permits(now, inFlight));
  }

  /** A read begins: until the next one, what is settled counts as held. */
  synchronized void beginsToRead() {
    settledSinceRead.clear();
  }

  /**
   * The stretches to be read for so many lanes as run low.
   *
   * @param all also those whose last read found their end: there may be new work
   */
  synchronized List<LaneRange> wanted(int maxInFlight, boolean all, Instant now) {
    int ahead = Math.max(LEAST_AHEAD, 2 * maxInFlight);
    List<LaneRange> ranges = new ArrayList<>();
    for (int lane = 0; lane < Place.LANES; lane++) {
      LaneCursor cursor = cursors.get(lane);
      if (lanes.waiting(lane) < ahead / 2 && (all || cursor.hasMore())) {
        ranges.add(cursor.next(now, ahead, heldIn(lane)));
      }
    }
    return ranges;
  }

  private Collection<Delivery> heldIn(int lane) {
    return held.values().stream().filter(delivery -> delivery.place().lane() == lane).toList();
  }

  /** Takes note of what the stretches held, and returns what is new. */
  synchronized List<Delivery> arrived(List<LaneRange> ranges, List<Delivery> page) {
    for (LaneRange range : ranges) {
      List<Delivery> rows =
          page.stream().filter(row -> row.place().lane() == range.lane()).sorted(IN_LANE).toList();
      // A stretch that goes on within one moment is read by two scans, each with the limit.
      cursors.get(range.lane()).read(range, rows.subList(0, Math.min(rows.size(), range.limit())));
    }
    List<Delivery> unknown = new ArrayList<>();
    for (Delivery row : page) {
      if (!holds(row)) {
        unknown.add(row);
      }
    }
    return unknown;
  }

  synchronized void add(Collection<Ready> arrivals) {
    for (Ready ready : arrivals) {
      if (held.putIfAbsent(ready.delivery().key(), ready.delivery()) == null) {
        lanes.add(ready);
      }
    }
  }

  /**
   * Whether a row that was just read says nothing new: it is in memory (read ahead, under way, or
   * not recorded yet), or was settled while it was read.
   */
  synchronized boolean holds(Delivery delivery) {
    DeliveryKey key = delivery.key();
    return held.containsKey(key) || inBatches.contains(key) || settledSinceRead.contains(key);
  }

  synchronized @Nullable Ready next() {
    return lanes.next(bulkInFlight < mostBulk);
  }

  synchronized void putBack(Ready ready) {
    lanes.putBack(ready);
  }

  synchronized void began(Gateway gateway, Instant now) {
    inFlight++;
    rate.began(gateway.ratePerSecond(), now);
  }

  /** The send of one delivery begins. */
  synchronized void began(Gateway gateway, Delivery delivery, Instant now) {
    began(gateway, now);
    bulkInFlight += bulk(delivery);
  }

  /** It was not sent after all. */
  synchronized void didNotBegin(Delivery delivery) {
    inFlight--;
    bulkInFlight -= bulk(delivery);
  }

  private static int bulk(Delivery delivery) {
    return delivery.place().lane() == Place.BULK ? 1 : 0;
  }

  /** Judges what came of a send; it is held until that is recorded. */
  synchronized Settlement ended(Delivery delivery, Sent sent, Verdict verdict) {
    bulkInFlight -= bulk(delivery);
    return ended(delivery.progress(), sent, verdict).of(delivery);
  }

  /**
   * Judges what came of the send of a delivery or a batch.
   *
   * @param before how far that had got
   */
  synchronized Ruling ended(Progress before, Sent sent, Verdict verdict) {
    Instant now = clock.instant();
    inFlight--;
    unrecorded++;
    Verdict just = verdict;
    if (verdict instanceof Verdict.Misconfigured blame
        && Judge.isOwnFault(before, blame, lastDelivered)) {
      just = new Verdict.Refused(blame.reason(), blame.status(), blame.responseHead());
    }
    circuit.record(just, now);
    if (just instanceof Verdict.Delivered) {
      lastDelivered = now;
    }
    Instant probe = circuit.nextProbe();
    return judge.rule(before, sent, just, probe == null ? now : probe);
  }

  /** Fails a delivery that could not even be sent: it must not block those behind it. */
  synchronized Settlement unsendable(Delivery delivery, Sent sent, String reason) {
    unrecorded++;
    Verdict refused = new Verdict.Refused(reason, null, "");
    return judge.rule(delivery.progress(), sent, refused, sent.startedAt()).of(delivery);
  }

  /** Lets go of what was recorded, or what is no longer ours to record. */
  synchronized void recorded(Settlement settlement) {
    unrecorded--;
    held.remove(settlement.delivery().key());
    settledSinceRead.add(settlement.delivery().key());
    Delivery again = settlement.again();
    if (again != null) {
      wakeAt(again.place().dueAt());
    }
  }

  /** There is something to be done then. */
  synchronized void wakeAt(Instant due) {
    nextDue = nextDue == null || due.isBefore(nextDue) ? due : nextDue;
  }

  /** How many deliveries were read ahead. */
  synchronized int waiting() {
    return lanes.waiting();
  }

  /** Takes deliveries out for a batch, in their turn; until it is made they are held. */
  synchronized List<Delivery> take(int most) {
    List<Delivery> taken = new ArrayList<>();
    while (taken.size() < most) {
      Ready ready = lanes.next(true);
      if (ready == null) {
        break;
      }
      taken.add(ready.delivery());
    }
    return taken;
  }

  /** These are in a batch now, and say nothing new for as long as it is not settled. */
  synchronized void inBatch(Collection<DeliveryKey> members) {
    held.keySet().removeAll(members);
    inBatches.addAll(members);
  }

  /** It is not certain what became of a batch that was to be made: all is read again. */
  synchronized void forgetBatches(Collection<Delivery> taken) {
    taken.forEach(delivery -> held.remove(delivery.key()));
    inBatches.clear();
    restart();
  }

  /** What came of a batch was recorded, or is no longer ours to record. */
  synchronized void recordedBatch(Collection<DeliveryKey> settled) {
    unrecorded--;
    outOfBatch(settled);
  }

  /** These are settled, or may go in another batch. */
  synchronized void outOfBatch(Collection<DeliveryKey> members) {
    inBatches.removeAll(members);
    settledSinceRead.addAll(members);
  }

  /** Whether something that failed earlier is due again since it was asked last. */
  synchronized boolean retryIsDue(Instant now) {
    if (nextDue == null || now.isBefore(nextDue)) {
      return false;
    }
    nextDue = null;
    return true;
  }

  /** The next moment at which it may go on by itself, for as long as nothing else happens. */
  synchronized @Nullable Instant nextMoment(Instant now) {
    Instant next = nextDue;
    if (!lanes.isEmpty()) {
      next = earlier(next, circuit.nextProbe(), now);
      next = earlier(next, rate.nextAt(), now);
    }
    return next;
  }

  private static @Nullable Instant earlier(@Nullable Instant a, @Nullable Instant b, Instant now) {
    if (b == null || b.isBefore(now)) {
      return a;
    }
    return a == null || b.isBefore(a) ? b : a;
  }

  /** Forgets what was read ahead and looks at everything again. */
  synchronized void restart() {
    lanes.clear().forEach(ready -> held.remove(ready.delivery().key()));
    cursors.forEach(LaneCursor::restart);
  }

  /** Starts nothing any more, so that it can be handed over when it is quiet. */
  synchronized void cede() {
    ceding = true;
    lanes.clear().forEach(ready -> held.remove(ready.delivery().key()));
  }

  synchronized boolean isCeding() {
    return ceding;
  }

  synchronized boolean isQuiet() {
    return inFlight == 0 && unrecorded == 0;
  }

  /** Another node owns it now. */
  synchronized void lose() {
    lost = true;
    lanes.clear();
  }

  synchronized boolean isLost() {
    return lost;
  }

  /** Whether there is more to be read at once. */
  synchronized boolean runsLow() {
    return lanes.isEmpty() && cursors.stream().anyMatch(LaneCursor::hasMore);
  }

  synchronized int inFlight() {
    return inFlight;
  }

  Circuit circuit() {
    return circuit;
  }

  synchronized Unsaved unsavedCircuit() {
    Circuit.Snapshot now = circuit.snapshot();
    return new Unsaved(now.equals(savedCircuit) ? null : now, circuit.untold());
  }

  synchronized void savedCircuit(Unsaved saved) {
    if (saved.now() != null) {
      savedCircuit = saved.now();
    }
    circuit.told(saved.changes());
  }
}
