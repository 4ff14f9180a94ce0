package org.waybill.operation;

import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.waybill.platform.Database;

/**
 * A node at work: it takes the running operations that are nobody's, and works on all it has in
 * turns, a stretch each, so that a long one does not hold up a short one.
 */
final class Shift {
  private static final Duration BETWEEN_PURGES = Duration.ofHours(1);
  private static final int PURGED_AT_ONCE = 5_000;

  private final OperationRoom room;
  private final Map<Long, Stint> stints = new LinkedHashMap<>();
  private Instant nextPurge;

  Shift(OperationRoom room) {
    this.room = room;
    this.nextPurge = room.clock().instant();
  }

  /**
   * Does what is to be done now.
   *
   * @return how long it may rest
   */
  Duration turn() {
    Database database = room.database();
    List<Running> running = database.read("read operations", OperationLeases::running);
    leave(running);
    Duration rest = room.times().look();
    for (Running one : running) {
      Stint stint = stints.get(one.operation().id());
      if (stint != null) {
        rest = shorter(rest, stint.turn(one));
      } else if (one.free() && take(one)) {
        rest = Duration.ZERO;
      }
    }
    return rest.isZero() || !purge() ? rest : Duration.ZERO;
  }

  /** The node goes: another one may go on at once. */
  void end() {
    stints.values().forEach(Stint::release);
    stints.clear();
  }

  /** Lets go of those that do not run any more, or that another node has taken. */
  private void leave(List<Running> running) {
    Map<Long, Lease> leases =
        running.stream()
            .map(Running::lease)
            .collect(Collectors.toMap(Lease::operation, Function.identity()));
    stints.entrySet().removeIf(held -> !held.getValue().lease().equals(leases.get(held.getKey())));
  }

  /** Its work begins with the next turn, from where it stands then. */
  private boolean take(Running free) {
    boolean taken =
        room.database()
            .transact(
                "take operation " + free.operation().id(),
                connection -> room.leases().take(connection, free.lease()));
    if (taken) {
      Lease lease = new Lease(free.lease().operation(), free.lease().epoch() + 1);
      stints.put(lease.operation(), new Stint(room, lease, free));
    }
    return taken;
  }

  /** Whether there may be more to delete. */
  private boolean purge() {
    if (room.clock().instant().isBefore(nextPurge)) {
      return false;
    }
    int deleted =
        room.database()
            .transact("purge outcomes", connection -> Outcomes.purge(connection, PURGED_AT_ONCE));
    if (deleted == 0) {
      nextPurge = room.clock().instant().plus(BETWEEN_PURGES);
    }
    return deleted > 0;
  }

  private static Duration shorter(Duration one, Duration other) {
    return one.compareTo(other) <= 0 ? one : other;
  }
}
