package org.waybill.dispatch;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.waybill.cdr.TableSuffix;
import org.waybill.task.Delivery;
import org.waybill.task.DeliveryKey;
import org.waybill.task.DeliveryKind;
import org.waybill.task.Place;
import org.waybill.task.Progress;

class LanesTest {
  private static final Instant NOON = Instant.parse("2026-11-21T12:00:00Z");
  private final Lanes lanes = new Lanes();
  private long tasks;

  @Test
  void keepsATenthForWhateverHasWaitedLongestBelow() {
    add(0, 100, NOON);
    add(1, 100, NOON.minusSeconds(5));
    add(3, 100, NOON.minusSeconds(9));
    int[] served = serve(100);
    assertThat(served).containsExactly(90, 0, 0, 10);
  }

  @Test
  void givesABulkReRunAFifthAtTheMostWhileFreshWorkWaits() {
    add(2, 100, NOON);
    add(3, 100, NOON.minusSeconds(9));
    assertThat(serve(100)[3]).isLessThanOrEqualTo(20).isPositive();
  }

  @Test
  void givesABulkReRunNoTurnWhenItHasItsShareOfTheSendsUnderWay() {
    add(2, 20, NOON);
    add(3, 20, NOON.minusSeconds(9));
    for (int turn = 0; turn < 20; turn++) {
      assertThat(Objects.requireNonNull(lanes.next(false)).delivery().place().lane()).isEqualTo(2);
    }
    assertThat(Objects.requireNonNull(lanes.next(false)).delivery().place().lane()).isEqualTo(3);
  }

  @Test
  void leavesNoTurnUnused() {
    add(2, 3, NOON);
    add(3, 50, NOON);
    assertThat(serve(53)).containsExactly(0, 0, 3, 50);
    assertThat(lanes.next(true)).isNull();
  }

  private int[] serve(int turns) {
    int[] served = new int[Place.LANES];
    for (int turn = 0; turn < turns; turn++) {
      served[Objects.requireNonNull(lanes.next(true)).delivery().place().lane()]++;
    }
    return served;
  }

  private void add(int lane, int count, Instant due) {
    for (int i = 0; i < count; i++) {
      DeliveryKey key = new DeliveryKey(++tasks, DeliveryKind.STORAGE, 0);
      Delivery.Origin origin = new Delivery.Origin(1, TableSuffix.parse("20261121"), 1);
      lanes.add(
          new Ready(
              new Delivery(key, new Place(1, lane, due), origin, 1, due, Progress.NONE), null));
    }
  }
}
