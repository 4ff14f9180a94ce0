package org.waybill.dispatch;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Semaphore;
import org.waybill.gateway.Consignment;
import org.waybill.gateway.Courier;
import org.waybill.gateway.Verdict;
import org.waybill.platform.DatabaseException;
import org.waybill.platform.WaybillException;
import org.waybill.task.Attempt.Sent;
import org.waybill.task.Delivery;
import org.waybill.task.FanOut;
import org.waybill.task.Gateway;
import org.waybill.task.NewTask;
import org.waybill.task.Place;
import org.waybill.task.PlannedDelivery;
import org.waybill.task.Priority;
import org.waybill.task.Settlement;

/** Starts sends, and hands their verdicts to the recorder when they end. */
final class Sender {
  /** So many thousand characters of long documents may be under way at once. */
  private static final int LONG_THOUSANDS = 64 * 1024;

  private final Courier courier;
  private final Cargoes cargoes;
  private final Recorder recorder;
  private final Wakeup wakeup;
  private final Clock clock;
  private final int node;
  private final Semaphore room = new Semaphore(LONG_THOUSANDS);

  Sender(Courier courier, Cargoes cargoes, Recorder recorder, Wakeup wakeup, Post post) {
    this.courier = courier;
    this.cargoes = cargoes;
    this.recorder = recorder;
    this.wakeup = wakeup;
    this.clock = post.clock();
    this.node = post.node();
  }

  /** Who sends, and what time it is there. */
  record Post(int node, Clock clock) {}

  /**
   * Starts the send of a delivery.
   *
   * @return false when it was put back because there is no room for its document now
   */
  boolean start(GatewayQueue queue, Gateway gateway, Ready ready) {
    Delivery delivery = ready.delivery();
    Cargo cargo;
    try {
      cargo = ready.cargo() == null ? cargoes.now(delivery) : ready.cargo();
    } catch (DatabaseException e) {
      queue.putBack(ready);
      throw e;
    } catch (WaybillException | IllegalArgumentException e) {
      unsendable(queue, gateway, delivery, e);
      return true;
    }
    int thousands = Math.min(LONG_THOUSANDS, cargo.characters() / 1000);
    if (!room.tryAcquire(thousands)) {
      queue.putBack(new Ready(delivery, cargo));
      return false;
    }
    send(queue, gateway, new Loaded(delivery, cargo, thousands));
    return true;
  }

  /** A delivery for whose document there is room. */
  private record Loaded(Delivery delivery, Cargo cargo, int thousands) {}

  private void send(GatewayQueue queue, Gateway gateway, Loaded loaded) {
    Delivery delivery = loaded.delivery();
    Instant startedAt = clock.instant();
    queue.began(gateway, delivery, startedAt);
    CompletableFuture<Verdict> verdict;
    try {
      verdict = courier.send(gateway, consignment(delivery, loaded.cargo()));
    } catch (DatabaseException e) {
      queue.didNotBegin(delivery);
      room.release(loaded.thousands());
      queue.putBack(new Ready(delivery, loaded.cargo()));
      throw e;
    } catch (RuntimeException e) {
      queue.didNotBegin(delivery);
      room.release(loaded.thousands());
      unsendable(queue, gateway, delivery, e);
      return;
    }
    var unused =
        verdict
            .exceptionally(Sender::broken)
            .thenAccept(
                came -> {
                  room.release(loaded.thousands());
                  Sent sent = sent(delivery, gateway, startedAt);
                  recorder.add(queue, queue.ended(delivery, sent, came));
                  wakeup.poke();
                });
  }

  private static Consignment consignment(Delivery delivery, Cargo cargo) {
    int attempt = delivery.progress().sends() + 1;
    return new Consignment(
        delivery.key(),
        delivery.payloadVersion(),
        attempt,
        priority(delivery, cargo.task()),
        cargo.cdr(),
        cargo.task());
  }

  /** A bulk re-run has a lane of its own, so the priority is in the task then. */
  private static Priority priority(Delivery delivery, NewTask task) {
    if (delivery.place().lane() != Place.BULK) {
      return Priority.ofLane(delivery.place().lane());
    }
    return FanOut.deliveries(task).stream()
        .filter(planned -> planned.kind() == delivery.key().kind())
        .filter(planned -> planned.item() == delivery.key().item())
        .map(PlannedDelivery::priority)
        .findFirst()
        .orElse(task.priority());
  }

  /** Fails a delivery that has nothing that could be sent. */
  void unsendable(GatewayQueue queue, Gateway gateway, Delivery delivery, RuntimeException why) {
    String reason = why.getMessage() == null ? why.toString() : why.getMessage();
    Sent sent = sent(delivery, gateway, clock.instant());
    Settlement settlement = queue.unsendable(delivery, sent, "Nothing could be sent: " + reason);
    recorder.add(queue, settlement);
  }

  private Sent sent(Delivery delivery, Gateway gateway, Instant startedAt) {
    Duration took = Duration.between(startedAt, clock.instant());
    return new Sent(delivery.progress().sends() + 1, gateway.id(), node, startedAt, took);
  }

  private static Verdict broken(Throwable failure) {
    return new Verdict.Transient("The send broke off: " + failure, null, null, "");
  }
}
