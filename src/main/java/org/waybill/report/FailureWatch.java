package org.waybill.report;

import io.prometheus.metrics.core.metrics.Gauge;
import jakarta.annotation.PreDestroy;
import jakarta.annotation.Resource;
import jakarta.enterprise.concurrent.ManagedScheduledExecutorService;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.context.Initialized;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.waybill.platform.DatabaseException;
import org.waybill.platform.Metrics;

/** Looks twice a minute how many tasks wait for somebody to decide about them, for alarms. */
@ApplicationScoped
public class FailureWatch {
  private static final Logger LOG = System.getLogger(FailureWatch.class.getName());
  private static final int SECONDS_BETWEEN = 30;

  private final Standings standings;
  private final Gauge failed;

  @Resource private @Nullable ManagedScheduledExecutorService executor;
  private @Nullable Future<?> runs;

  @Inject
  public FailureWatch(Standings standings, Metrics metrics) {
    this.standings = standings;
    this.failed =
        Gauge.builder()
            .name("waybill_failed_tasks")
            .help("Tasks that failed and wait for a decision, counted to " + Standing.COUNTED)
            .register(metrics.registry());
  }

  /** For the proxy of CDI only. */
  @SuppressWarnings("NullAway")
  protected FailureWatch() {
    this.standings = null;
    this.failed = null;
  }

  void atStart(@Observes @Initialized(ApplicationScoped.class) Object started) {
    if (executor != null) {
      runs = executor.scheduleWithFixedDelay(this::look, 0, SECONDS_BETWEEN, TimeUnit.SECONDS);
    }
  }

  @PreDestroy
  void stop() {
    if (runs != null) {
      runs.cancel(false);
    }
  }

  /**
   * What was read last stands while the database is away, for which there is a figure of its own.
   */
  void look() {
    try {
      failed.set(standings.now().failedTasks());
    } catch (DatabaseException e) {
      LOG.log(Level.DEBUG, "Failed tasks could not be counted: {0}", e.getMessage());
    }
  }
}
