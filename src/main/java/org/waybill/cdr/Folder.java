package org.waybill.cdr;

import io.prometheus.metrics.core.metrics.GaugeWithCallback;
import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.context.BeforeDestroyed;
import jakarta.enterprise.context.Initialized;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import jakarta.interceptor.Interceptor;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.waybill.platform.Metrics;

/**
 * Folds every second, on every node, of which one at a time gets to. What it leaves unfolded costs
 * questions time and never an answer.
 */
@ApplicationScoped
public class Folder {
  private static final Logger LOG = System.getLogger(Folder.class.getName());
  private static final Duration PAUSE = Duration.ofSeconds(1);
  private static final Duration PAUSE_AFTER_FAILURE = Duration.ofSeconds(3);
  private static final Duration LONGEST_STOP = Duration.ofSeconds(15);

  private final Folding folding;
  private final Clock clock;
  private final CountDownLatch stopped = new CountDownLatch(1);
  private volatile Instant upToDate;
  private @Nullable Thread thread;
  private boolean failing;

  @Inject
  Folder(Folding folding, Clock clock, Metrics metrics) {
    this.folding = folding;
    this.clock = clock;
    this.upToDate = clock.instant();
    GaugeWithCallback.builder()
        .name("waybill_statistics_fold_age_seconds")
        .help("Since when CDRs may wait to be added up, as far as this node has seen.")
        .callback(gauge -> gauge.call(Duration.between(upToDate, clock.instant()).toMillis() / 1e3))
        .register(metrics.registry());
  }

  @SuppressWarnings("NullAway") // only for the proxy, which never calls it
  protected Folder() {
    this.folding = null;
    this.clock = null;
    this.upToDate = Instant.EPOCH;
  }

  /** After migrations and partitions, which come earlier. */
  void atStart(
      @Observes @Priority(Interceptor.Priority.LIBRARY_AFTER) @Initialized(ApplicationScoped.class)
          Object started) {
    Thread own = new Thread(this::work, "waybill-fold");
    own.setDaemon(true);
    own.start();
    thread = own;
  }

  void atStop(@Observes @BeforeDestroyed(ApplicationScoped.class) Object ending) {
    stopped.countDown();
    Thread own = thread;
    if (own != null) {
      try {
        own.join(LONGEST_STOP.toMillis());
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
    }
  }

  private void work() {
    try {
      Duration pause = PAUSE;
      while (!stopped.await(pause.toMillis(), TimeUnit.MILLISECONDS)) {
        pause = fold();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** Returns how long to wait then. */
  private Duration fold() {
    try {
      Folding.Result result = folding.run();
      recovered();
      if (result == Folding.Result.MORE) {
        return Duration.ZERO;
      }
      upToDate = clock.instant();
      return PAUSE;
    } catch (RuntimeException e) {
      failed(e);
      return PAUSE_AFTER_FAILURE;
    }
  }

  private void failed(RuntimeException e) {
    if (!failing) {
      failing = true;
      LOG.log(
          Level.ERROR,
          "WB-CDR-06 Statistics and ledger cannot be added up; this is tried again, and answers stay"
              + " right but become slow. See that the database is up and writable.",
          e);
    }
  }

  private void recovered() {
    if (failing) {
      failing = false;
      LOG.log(Level.INFO, "WB-CDR-07 Statistics and ledger are added up again.");
    }
  }
}
