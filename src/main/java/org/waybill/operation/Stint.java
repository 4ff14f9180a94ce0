package org.waybill.operation;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.waybill.access.Audit;
import org.waybill.platform.Database;
import org.waybill.platform.Where;

/**
 * One node's work on one operation, from taking its lease to losing it: stretch by stretch, in
 * between which operators are heard.
 */
final class Stint {
  private static final Logger LOG = System.getLogger(Stint.class.getName());
  private static final int FIRST_STRETCH = 50;
  private static final Duration A_SECOND = Duration.ofSeconds(1);

  private final Database database;
  private final OperationLeases leases;
  private final OperationKinds kinds;
  private final Clock clock;
  private final OperationTimes times;
  private final Lease lease;
  private final Pace pace;
  private final Achieved achieved;
  private int most = FIRST_STRETCH;
  private int troubles;
  private Instant restUntil = Instant.EPOCH;
  private Instant toldAt = Instant.EPOCH;
  private Instant renewedAt;

  Stint(OperationRoom room, Lease lease, Running running) {
    this.database = room.database();
    this.leases = room.leases();
    this.kinds = room.kinds();
    this.clock = room.clock();
    this.times = room.times();
    this.lease = lease;
    this.pace = new Pace(running.operation().ratePerSecond());
    this.renewedAt = clock.instant();
    this.achieved = new Achieved(renewedAt);
  }

  Lease lease() {
    return lease;
  }

  /**
   * Works on the next stretch, if it is time.
   *
   * @param running as it is in the database now
   * @return how long there is nothing to do
   */
  Duration turn(Running running) {
    Instant now = clock.instant();
    pace.limit(running.operation().ratePerSecond());
    Duration rest = now.isBefore(restUntil) ? Duration.between(now, restUntil) : Duration.ZERO;
    int available = pace.available(now);
    if (rest.isZero() && available <= 0) {
      rest = pace.untilNext(now);
    }
    try {
      if (!rest.isZero()) {
        renew(now);
        return rest;
      }
      work(running, available, now);
      troubles = 0;
      return Duration.ZERO;
    } catch (Fenced e) {
      LOG.log(Level.INFO, "Operation {0} goes on at another node.", lease.operation());
      return Duration.ZERO;
    } catch (RuntimeException e) {
      return troubled(e);
    }
  }

  void release() {
    database.transact(
        "release operation " + lease.operation(),
        connection -> {
          OperationLeases.release(connection, lease);
          return true;
        });
  }

  private void work(Running running, int available, Instant now) {
    OperationKind kind = kinds.find(running.operation().kind());
    if (kind == null) {
      end(OperationState.FAILED, "This version of Waybill does not know such operations.");
      return;
    }
    int limit = Math.min(Math.min(most, available), Math.min(kind.pageSize(), left(running)));
    List<String> items =
        limit == 0 ? List.of() : kind.page(running.order(), running.position(), limit);
    if (items.isEmpty()) {
      end(OperationState.DONE, "");
      return;
    }
    pace.began(items.size(), now);
    new Stretch(database, leases, kind, running, lease).work(items);
    renewedAt = now;
    Instant done = clock.instant();
    achieved.did(items.size(), done);
    tell(done);
    adapt(items.size(), Duration.between(now, done), kind.pageSize());
  }

  /** Once a second, for people. */
  private void tell(Instant now) {
    if (now.isBefore(toldAt.plus(A_SECOND))) {
      return;
    }
    toldAt = now;
    Double perSecond = achieved.perSecond();
    database.transact(
        "tell the rate of operation " + lease.operation(),
        connection -> OperationLeases.tell(connection, lease, perSecond));
  }

  /** How many items there may still be. */
  private static int left(Running running) {
    Integer all = running.operation().limit();
    long done = running.operation().progress().processed();
    return all == null ? Integer.MAX_VALUE : (int) Math.max(0, all - done);
  }

  /** Keeps stretches so short that an operator's word is heard soon. */
  private void adapt(int items, Duration took, int greatest) {
    if (took.compareTo(times.stretch()) > 0) {
      most = Math.max(1, items / 2);
    } else if (items >= most && took.compareTo(times.stretch().dividedBy(2)) < 0) {
      most = Math.min(greatest, 2 * most);
    }
  }

  private void renew(Instant now) {
    if (now.isBefore(renewedAt.plus(times.heartbeat()))) {
      return;
    }
    database.transact(
        "renew the lease of operation " + lease.operation(),
        connection -> {
          leases.hold(connection, lease);
          return true;
        });
    renewedAt = now;
  }

  /** Tries again later: what was recorded is recorded, and the rest begins anew from there. */
  private Duration troubled(RuntimeException e) {
    troubles++;
    if (troubles < times.tries()) {
      LOG.log(
          Level.WARNING,
          "WB-OPERATION-02 Operation {0} could not go on and tries again soon. ({1})",
          lease.operation(),
          e.getMessage());
      Duration rest = times.firstRest().multipliedBy(1L << (troubles - 1));
      restUntil = clock.instant().plus(rest);
      return rest;
    }
    LOG.log(
        Level.ERROR,
        "WB-OPERATION-01 Operation "
            + lease.operation()
            + " failed. Remove the cause and resume it: it goes on where it stopped.",
        e);
    restUntil = clock.instant().plus(times.firstRest());
    end(OperationState.FAILED, "It could not go on: " + e.getMessage());
    return Duration.ZERO;
  }

  private void end(OperationState state, String problem) {
    database.transact(
        "end operation " + lease.operation(),
        connection -> {
          leases.hold(connection, lease);
          if (OperationLeases.end(connection, lease, state, problem)) {
            Where it = new Where().and("id = ?", lease.operation());
            Operation ended = OperationRows.list(connection, it, 1).get(0);
            Audit.record(connection, AuditLines.ended(ended));
          }
          return true;
        });
  }
}
