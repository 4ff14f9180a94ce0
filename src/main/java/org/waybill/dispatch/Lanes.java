package org.waybill.dispatch;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.waybill.task.Place;

/**
 * Due deliveries that were read ahead, a line a lane. High goes before medium before low before
 * bulk re-runs, but every tenth turn belongs to whatever has waited longest below: nobody starves,
 * and a bulk re-run gets a tenth of the turns at the most while fresh work waits. No turn is left
 * unused.
 */
final class Lanes {
  private static final int TURNS = 10;

  private final List<Deque<Ready>> lanes = new ArrayList<>();
  private int turn;

  Lanes() {
    for (int lane = 0; lane < Place.LANES; lane++) {
      lanes.add(new ArrayDeque<>());
    }
  }

  void add(Ready ready) {
    lanes.get(ready.delivery().place().lane()).addLast(ready);
  }

  /** Puts one back whose turn was not used. */
  void putBack(Ready ready) {
    lanes.get(ready.delivery().place().lane()).addFirst(ready);
  }

  int waiting(int lane) {
    return lanes.get(lane).size();
  }

  int waiting() {
    return lanes.stream().mapToInt(Deque::size).sum();
  }

  boolean isEmpty() {
    return lanes.stream().allMatch(Deque::isEmpty);
  }

  /** Takes all out. */
  List<Ready> clear() {
    List<Ready> all = new ArrayList<>();
    for (Deque<Ready> lane : lanes) {
      all.addAll(lane);
      lane.clear();
    }
    return all;
  }

  /**
   * Whose turn it is, or null when nothing waits.
   *
   * @param bulk whether a bulk re-run may go although fresh work waits
   */
  @Nullable Ready next(boolean bulk) {
    Deque<Ready> first = null;
    for (Deque<Ready> lane : lanes) {
      if (!lane.isEmpty()) {
        first = lane;
        break;
      }
    }
    if (first == null) {
      return null;
    }
    turn = (turn + 1) % TURNS;
    Deque<Ready> below = turn == 0 ? longestWaitingBelow(first, bulk) : null;
    return (below == null ? first : below).pollFirst();
  }

  private @Nullable Deque<Ready> longestWaitingBelow(Deque<Ready> first, boolean bulk) {
    Deque<Ready> longest = null;
    for (Deque<Ready> lane : bulk ? lanes : lanes.subList(0, Place.BULK)) {
      if (lane == first || lane.isEmpty()) {
        continue;
      }
      if (longest == null || isBefore(lane, longest)) {
        longest = lane;
      }
    }
    return longest;
  }

  private static boolean isBefore(Deque<Ready> a, Deque<Ready> b) {
    return a.getFirst()
        .delivery()
        .place()
        .dueAt()
        .isBefore(b.getFirst().delivery().place().dueAt());
  }
}
