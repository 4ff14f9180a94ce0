package org.waybill.dispatch;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.waybill.cdr.TableSuffix;
import org.waybill.gateway.Circuit;
import org.waybill.gateway.RetrySchedule;
import org.waybill.gateway.Verdict;
import org.waybill.task.Attempt.Sent;
import org.waybill.task.Delivery;
import org.waybill.task.DeliveryKey;
import org.waybill.task.DeliveryKind;
import org.waybill.task.Gateway;
import org.waybill.task.LaneRange;
import org.waybill.task.Place;
import org.waybill.task.Progress;
import org.waybill.task.Settlement;

class GatewayQueueTest {
  private static final Instant NOON = Instant.parse("2026-11-21T12:00:00Z");

  private static final Gateway GATEWAY =
      new Gateway(
          1,
          "storage",
          null,
          URI.create("http://127.0.0.1/in"),
          null,
          null,
          true,
          false,
          8,
          null,
          0);

  private final GatewayQueue queue =
      new GatewayQueue(
          new Lease(1, 1),
          new Circuit(8, NOON),
          new Judge(new RetrySchedule(List.of(Duration.ofSeconds(1)), new Random(1))),
          Clock.fixed(NOON, ZoneOffset.UTC));
  private final Delivery delivery =
      new Delivery(
          new DeliveryKey(7, DeliveryKind.STORAGE, 0),
          new Place(1, 1, NOON),
          new Delivery.Origin(1, TableSuffix.parse("20261121"), 1001),
          1,
          NOON,
          Progress.NONE);

  @Test
  void letsBulkReRunsHaveAFifthOfTheSendsUnderWayWhileFreshWorkWaits() {
    Gateway ten =
        new Gateway(
            1,
            "storage",
            null,
            URI.create("http://127.0.0.1/in"),
            null,
            null,
            true,
            false,
            10,
            null,
            0);
    queue.free(ten, NOON);
    for (int task = 0; task < 100; task++) {
      queue.add(List.of(ready(100 + task, 1), ready(500 + task, Place.BULK)));
    }
    int bulk = 0;
    for (int sends = 0; sends < 60; sends++) {
      Delivery next = Objects.requireNonNull(queue.next()).delivery();
      queue.began(ten, next, NOON);
      bulk += next.place().lane() == Place.BULK ? 1 : 0;
    }
    assertThat(bulk).isEqualTo(2);
  }

  private static Ready ready(int task, int lane) {
    return new Ready(
        new Delivery(
            new DeliveryKey(task, DeliveryKind.STORAGE, 0),
            new Place(1, lane, NOON),
            new Delivery.Origin(1, TableSuffix.parse("20261121"), 1001),
            1,
            NOON,
            Progress.NONE),
        null);
  }

  @Test
  void doesNotTakeForNewWhatWasDeliveredWhileTheTableWasRead() {
    queue.beginsToRead();
    take(delivery);
    queue.next();
    queue.beginsToRead();
    List<LaneRange> ranges = queue.wanted(8, true, NOON);
    queue.recorded(queue.ended(delivery, sent(), new Verdict.Delivered(200)));
    assertThat(queue.arrived(ranges, List.of(delivery))).isEmpty();
    assertThat(queue.holds(delivery)).isTrue();
  }

  @Test
  void takesWhatFailedAgainFromTheNextReadOn() {
    queue.beginsToRead();
    take(delivery);
    queue.next();
    Settlement settlement =
        queue.ended(delivery, sent(), new Verdict.Transient("no answer", null, null, ""));
    queue.recorded(settlement);
    queue.beginsToRead();
    List<LaneRange> ranges = queue.wanted(8, true, NOON.plusSeconds(5));
    Delivery again = Objects.requireNonNull(settlement.again());
    assertThat(queue.arrived(ranges, List.of(again))).containsExactly(again);
  }

  private void take(Delivery row) {
    List<LaneRange> ranges = queue.wanted(8, true, NOON);
    assertThat(queue.arrived(ranges, List.of(row))).containsExactly(row);
    queue.add(List.of(new Ready(row, null)));
    queue.began(GATEWAY, NOON);
  }

  private static Sent sent() {
    return new Sent(1, 1, 1, NOON, Duration.ofMillis(3));
  }
}
