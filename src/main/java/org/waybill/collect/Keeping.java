package org.waybill.collect;

import io.prometheus.metrics.core.metrics.Counter;
import jakarta.annotation.PreDestroy;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.UUID;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.waybill.platform.Metrics;

/**
 * Keeps rejected documents in time: on a few threads of its own, so that a database that hangs
 * holds up no sender for longer than it was promised, and no more than so many documents in memory.
 */
@ApplicationScoped
public class Keeping {
  private static final Logger LOG = System.getLogger(Keeping.class.getName());
  private static final int THREADS = 4;
  private static final int QUEUE = 200;

  private final RejectedDocuments documents;
  private final RejectedRepeats repeats;
  private final ThreadPoolExecutor threads;
  private final Counter kept;

  @Inject
  Keeping(RejectedDocuments documents, RejectedRepeats repeats, Metrics metrics) {
    this.documents = documents;
    this.repeats = repeats;
    this.threads =
        new ThreadPoolExecutor(
            THREADS,
            THREADS,
            1,
            TimeUnit.MINUTES,
            new ArrayBlockingQueue<>(QUEUE),
            work -> {
              Thread thread = new Thread(work, "waybill-keep-rejected");
              thread.setDaemon(true);
              return thread;
            });
    threads.allowCoreThreadTimeOut(true);
    this.kept =
        Counter.builder()
            .name("waybill_rejected_documents_total")
            .help("Documents that could not become a CDR and were kept, repeats too, by reason")
            .labelNames("reason")
            .register(metrics.registry());
    for (RejectionReason reason : RejectionReason.values()) {
      kept.initLabelValues(reason.name());
    }
  }

  @SuppressWarnings("NullAway") // only for the proxy, which never calls it
  protected Keeping() {
    this.documents = null;
    this.repeats = null;
    this.threads = null;
    this.kept = null;
  }

  /** Answers with the id under which the document is kept, or {@code Later}. */
  public Answer keep(Arrived arrived, Rejection rejection, Deadline deadline) {
    try {
      Future<Long> keeping = threads.submit(() -> keep(arrived, rejection));
      UUID uuid = rejection.uuid();
      if (uuid != null) {
        repeats.kept(uuid);
      }
      long id = keeping.get(deadline.nanosLeft(), TimeUnit.NANOSECONDS);
      LOG.log(
          Level.INFO,
          () ->
              "WB-INGEST-10 A document of "
                  + arrived.caller().name()
                  + " is rejected ("
                  + rejection.reason()
                  + ") and kept as number "
                  + id
                  + ".");
      return new Answer.Rejected(id, rejection);
    } catch (ExecutionException e) {
      LOG.log(
          Level.ERROR,
          "WB-INGEST-11 A rejected document cannot be kept, so its sender is told to repeat it. See"
              + " that the database is up, writable and not full.",
          e.getCause());
      return new Answer.Later();
    } catch (TimeoutException | RejectedExecutionException e) {
      return new Answer.Later();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return new Answer.Later();
    }
  }

  private long keep(Arrived arrived, Rejection rejection) {
    long id = documents.keep(arrived, rejection);
    kept.labelValues(rejection.reason().name()).inc();
    return id;
  }

  /**
   * To be called when a document is stored: if the same was rejected before, that one leaves the
   * open list. Soon, and not on the sender's time.
   */
  void accepted(Arrived arrived, UUID uuid) {
    try {
      if (repeats.mayHold(uuid)) {
        threads.execute(() -> settle(arrived, uuid));
      }
    } catch (RuntimeException e) {
      stillListed(uuid, e);
    }
  }

  private void settle(Arrived arrived, UUID uuid) {
    try {
      repeats.accept(arrived, uuid);
    } catch (RuntimeException e) {
      stillListed(uuid, e);
    }
  }

  private static void stillListed(UUID uuid, RuntimeException e) {
    LOG.log(
        Level.WARNING,
        "WB-INGEST-14 CDR {0} is stored, but a rejected document may still be listed as open for it."
            + " Resubmit that one, which finds it stored. ({1})",
        uuid,
        e);
  }

  @PreDestroy
  void stop() {
    threads.shutdown();
    try {
      threads.awaitTermination(10, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
