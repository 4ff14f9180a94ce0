package org.waybill.cdr;

import io.prometheus.metrics.core.metrics.Gauge;
import jakarta.annotation.PreDestroy;
import jakarta.annotation.Priority;
import jakarta.annotation.Resource;
import jakarta.enterprise.concurrent.ManagedScheduledExecutorService;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.context.Initialized;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import jakarta.interceptor.Interceptor;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Clock;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.waybill.cdr.Retention.KeptDay;
import org.waybill.platform.Metrics;

/**
 * What is done about the days, on every node, at start and then regularly: it costs nothing when
 * nothing is to be done, and what failed is made up for soon.
 */
@ApplicationScoped
public class Maintenance {
  private static final Logger LOG = System.getLogger(Maintenance.class.getName());
  private static final int MINUTES_BETWEEN = 15;

  private final Partitions partitions;
  private final Retention retention;
  private final Departures departures;
  private final Clock clock;
  private final Gauge keptDays;
  private final Gauge failing;

  @Resource private @Nullable ManagedScheduledExecutorService executor;
  private @Nullable LocalDate alarmed;
  private volatile @Nullable LocalDate preparedUntil;
  private @Nullable Future<?> runs;

  @Inject
  Maintenance(
      Partitions partitions,
      Retention retention,
      Departures departures,
      Clock clock,
      Metrics metrics) {
    this.partitions = partitions;
    this.retention = retention;
    this.departures = departures;
    this.clock = clock;
    this.keptDays =
        Gauge.builder()
            .name("waybill_days_kept_for_undone_tasks")
            .help("Days past retention that are kept because tasks of them wait or failed.")
            .register(metrics.registry());
    this.failing =
        Gauge.builder()
            .name("waybill_maintenance_failing")
            .help("Parts of the last maintenance of partitions and retention that failed.")
            .register(metrics.registry());
  }

  /** For the proxy, which works on nothing of its own. */
  @SuppressWarnings("NullAway")
  protected Maintenance() {
    partitions = null;
    retention = null;
    departures = null;
    clock = null;
    keptDays = null;
    failing = null;
  }

  @PreDestroy
  void stop() {
    if (runs != null) {
      runs.cancel(false);
    }
  }

  /** Before the first request: without its partitions, a node does not start. */
  void atStart(
      @Observes @Priority(Interceptor.Priority.LIBRARY_BEFORE) @Initialized(ApplicationScoped.class)
          Object started) {
    prepare();
    if (executor != null) {
      runs = executor.scheduleWithFixedDelay(this::run, 1, MINUTES_BETWEEN, TimeUnit.MINUTES);
    }
  }

  /** All of it once, each part even when another fails. */
  public void run() {
    Map<String, Runnable> parts = new LinkedHashMap<>();
    parts.put("making days ahead", this::prepare);
    parts.put("splitting days", this::split);
    parts.put("retention", retention::run);
    parts.put("merging empty days", partitions::mergeEmpty);
    parts.put("looking for kept days", this::alarm);
    int failed = 0;
    for (Map.Entry<String, Runnable> part : parts.entrySet()) {
      failed += succeeds(part) ? 0 : 1;
    }
    failing.set(failed);
  }

  /** Whether today's CDRs have a partition to go to, as far as this node has seen. */
  public boolean isPrepared() {
    LocalDate until = preparedUntil;
    return until != null && !today().isAfter(until);
  }

  private void prepare() {
    LocalDate today = today();
    partitions.ensure();
    preparedUntil = today.plusDays(Layout.DAYS_AHEAD);
  }

  private void split() {
    partitions.split(departures.known().stream().map(old -> old.day().day()).toList());
  }

  /** Once a day, so that it is neither missed nor noise. */
  private void alarm() {
    List<KeptDay> days = retention.keptDays();
    keptDays.set(days.size());
    if (!days.isEmpty() && !today().equals(alarmed)) {
      alarmed = today();
      LOG.log(
          Level.ERROR,
          "WB-CDR-02 {0} days are past retention but kept, since tasks of them wait or failed: {1}."
              + " Run those tasks again or cancel them, and the days will leave.",
          days.size(),
          days);
    }
  }

  private LocalDate today() {
    return LocalDate.ofInstant(clock.instant(), ZoneOffset.UTC);
  }

  private static boolean succeeds(Map.Entry<String, Runnable> part) {
    try {
      part.getValue().run();
      return true;
    } catch (RuntimeException e) {
      LOG.log(
          Level.ERROR,
          "WB-CDR-03 Maintenance failed at "
              + part.getKey()
              + " and tries again in "
              + MINUTES_BETWEEN
              + " minutes. When this repeats, see that the database is up and that no transaction"
              + " stays open on its tables.",
          e);
      return false;
    }
  }
}
