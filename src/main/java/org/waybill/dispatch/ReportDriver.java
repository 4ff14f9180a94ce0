package org.waybill.dispatch;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;
import org.waybill.gateway.Verdict;
import org.waybill.gateway.report.ReportGateway;
import org.waybill.gateway.report.ReportShipment;
import org.waybill.platform.Database;
import org.waybill.task.Attempt.Sent;
import org.waybill.task.DeliveryKind;
import org.waybill.task.Gateway;

/** What is done for the queue of a consumer of reports once it has been read ahead. */
final class ReportDriver {
  /** By these a consumer says that it is something in the batch (contract, "CDR reports"). */
  private static final Set<Integer> SOMETHING_IN_IT = Set.of(400, 413, 422);

  private final Database database;
  private final ReportGateway reports;
  private final ReportMaker maker;
  private final ReportPace pace;
  private final Desktop desktop;

  /** Where verdicts go, and who sends. */
  record Desktop(Recorder recorder, Wakeup wakeup, int node, Clock clock) {}

  ReportDriver(
      Database database,
      ReportGateway reports,
      ReportMaker maker,
      ReportPace pace,
      Desktop desktop) {
    this.database = database;
    this.reports = reports;
    this.maker = maker;
    this.pace = pace;
    this.desktop = desktop;
  }

  static boolean isFor(Gateway gateway) {
    return gateway.kind().equals(DeliveryKind.REPORT.gatewayKind());
  }

  /** How far it pays to read ahead. */
  int ahead() {
    return pace.size();
  }

  /** Has the batches at hand that a former owner, or this one before an outage, has left. */
  void open(OwnedQueue owned, Gateway consumer) {
    if (!owned.isDeskOpen()) {
      int id = consumer.id();
      List<ReportBatch> batches =
          database.read("read batches", c -> ReportBatches.outstanding(c, id));
      owned.openDesk(batches, database.read("read batches", c -> ReportBatches.lastMade(c, id)));
    }
  }

  /** Whether a batch that is not full may be made now, so that newcomers should be looked for. */
  boolean isTime(OwnedQueue owned, Instant now) {
    return !now.isBefore(owned.desk().nextAt(pace));
  }

  /**
   * Sends what is due.
   *
   * @param free how many batches may be begun
   * @return whether it could go on at once
   */
  boolean send(OwnedQueue owned, Gateway consumer, int free, Leases leases) {
    int begun = 0;
    while (begun < free && leases.areFresh()) {
      Instant now = desktop.clock().instant();
      ReportBatch batch = next(owned, consumer, now);
      if (batch == null) {
        break;
      }
      if (batch.refused()) {
        maker.halve(owned, consumer, batch, now);
      } else {
        send(owned, consumer, batch);
        begun++;
      }
    }
    Instant next = owned.desk().nextAt(pace);
    if (owned.queue.waiting() > 0 && next.isAfter(desktop.clock().instant())) {
      owned.queue.wakeAt(next);
    }
    return begun > 0 && begun < free && owned.queue.runsLow();
  }

  private @Nullable ReportBatch next(OwnedQueue owned, Gateway consumer, Instant now) {
    boolean inOrder = ReportGateway.takesFiles(consumer);
    ReportBatch due = owned.desk().due(now, inOrder);
    if (due != null || !owned.desk().isTime(now, owned.queue.waiting(), inOrder, pace)) {
      return due;
    }
    maker.make(owned, consumer, owned.queue.take(pace.size()), now);
    return owned.desk().due(now, inOrder);
  }

  private void send(OwnedQueue owned, Gateway consumer, ReportBatch batch) {
    Optional<byte[]> body = database.read("read a batch", c -> ReportBatches.body(c, batch));
    if (body.isEmpty()) {
      owned.closeDesk(List.of()); // Its end was recorded while the batches were read.
      return;
    }
    ReportDesk desk = owned.desk();
    Instant startedAt = desktop.clock().instant();
    owned.queue.began(consumer, startedAt);
    desk.began(batch);
    int attempt = batch.progress().sends() + 1;
    ReportShipment shipment =
        new ReportShipment(consumer.id(), batch.number(), batch.madeAt(), attempt, body.get());
    var unused =
        begin(consumer, shipment)
            .exceptionally(ReportDriver::broken)
            .thenAccept(
                came -> {
                  Sent sent = sent(batch, startedAt);
                  desktop
                      .recorder()
                      .add(owned.queue, outcome(owned.queue, desk, batch, sent, came));
                  desktop.wakeup().poke();
                });
  }

  private CompletableFuture<Verdict> begin(Gateway consumer, ReportShipment shipment) {
    try {
      return reports.send(consumer, shipment);
    } catch (RuntimeException e) {
      return CompletableFuture.failedFuture(e);
    }
  }

  private Sent sent(ReportBatch batch, Instant startedAt) {
    return new Sent(
        batch.progress().sends() + 1,
        batch.consumer(),
        desktop.node(),
        startedAt,
        Duration.between(startedAt, desktop.clock().instant()));
  }

  private BatchOutcome outcome(
      GatewayQueue queue, ReportDesk desk, ReportBatch batch, Sent sent, Verdict verdict) {
    Ruling ruling = queue.ended(batch.progress(), sent, verdict);
    if (verdict instanceof Verdict.Refused refused && isToBeHalved(batch, refused)) {
      Ruling halved = Ruling.halved(batch.progress(), sent, refused);
      return new BatchOutcome(queue, desk, batch, halved, batch.toBeHalved(halved));
    }
    return new BatchOutcome(queue, desk, batch, ruling, batch.following(ruling));
  }

  private static boolean isToBeHalved(ReportBatch batch, Verdict.Refused refused) {
    Integer status = refused.status();
    return status != null && SOMETHING_IN_IT.contains(status) && batch.members().size() > 1;
  }

  private static Verdict broken(Throwable failure) {
    return new Verdict.Transient("The send broke off: " + failure, null, null, "");
  }
}
