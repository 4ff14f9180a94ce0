package org.waybill.console.page;

import io.prometheus.metrics.model.snapshots.CounterSnapshot.CounterDataPointSnapshot;
import io.prometheus.metrics.model.snapshots.DataPointSnapshot;
import io.prometheus.metrics.model.snapshots.GaugeSnapshot.GaugeDataPointSnapshot;
import io.prometheus.metrics.model.snapshots.HistogramSnapshot.HistogramDataPointSnapshot;
import io.prometheus.metrics.model.snapshots.MetricSnapshot;
import jakarta.annotation.PreDestroy;
import jakarta.annotation.Resource;
import jakarta.enterprise.concurrent.ManagedScheduledExecutorService;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.context.Initialized;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.waybill.platform.Metrics;

/**
 * How the gateways answered this node of late: the figures of {@code /metrics} now, less those of
 * five minutes ago.
 */
@ApplicationScoped
public class GatewayPulse {
  private static final Duration EVERY = Duration.ofSeconds(10);
  private static final int KEPT = 31;
  private static final double SLOW = 0.95;
  private static final Set<String> USED =
      Set.of("waybill_deliveries", "waybill_attempt_seconds", "waybill_in_flight");

  private final Metrics metrics;
  private final Deque<Map<Integer, Count>> past = new ArrayDeque<>();
  private @Nullable Future<?> run;

  @Resource private @Nullable ManagedScheduledExecutorService executor;

  @Inject
  public GatewayPulse(Metrics metrics) {
    this.metrics = metrics;
  }

  /** For the proxy of CDI only. */
  @SuppressWarnings("NullAway")
  protected GatewayPulse() {
    this.metrics = null;
  }

  /**
   * How one answered.
   *
   * @param sent in all of the time
   * @param seconds how long that was
   * @param bound of the time that 95 of 100 answers took, in seconds; infinite beyond what is told
   *     apart
   */
  record Beat(int inFlight, long sent, long delivered, double seconds, double bound) {
    String perSecond() {
      double rate = seconds == 0 ? 0 : sent / seconds;
      return String.format(Locale.ROOT, rate >= 10 ? "%,.0f" : "%.1f", rate);
    }

    String success() {
      return Show.percent(delivered, sent);
    }

    String slowest() {
      if (sent == 0) {
        return "–";
      }
      return Double.isInfinite(bound) ? "> 10 s" : "≤ " + Show.millis((int) (bound * 1000));
    }
  }

  /** What was counted of one since the start. */
  private static final class Count {
    int inFlight;
    long sent;
    long delivered;
    final TreeMap<Double, Long> answers = new TreeMap<>();
  }

  void atStart(@Observes @Initialized(ApplicationScoped.class) Object started) {
    if (executor != null) {
      run =
          executor.scheduleAtFixedRate(
              this::sample, EVERY.toSeconds(), EVERY.toSeconds(), TimeUnit.SECONDS);
    }
  }

  @PreDestroy
  void stop() {
    if (run != null) {
      run.cancel(false);
    }
  }

  synchronized void sample() {
    past.addLast(counts());
    while (past.size() > KEPT) {
      past.removeFirst();
    }
  }

  synchronized @Nullable Beat of(int gateway) {
    Count now = counts().get(gateway);
    if (now == null) {
      return null;
    }
    Map<Integer, Count> oldest = past.peekFirst();
    Count before = oldest == null ? null : oldest.get(gateway);
    if (before == null) {
      before = new Count();
    }
    long sent = now.sent - before.sent;
    double seconds = Math.max(1, past.size()) * (double) EVERY.toSeconds();
    return new Beat(
        now.inFlight, sent, now.delivered - before.delivered, seconds, bound(now, before));
  }

  private static double bound(Count now, Count before) {
    TreeMap<Double, Long> answers = new TreeMap<>(now.answers);
    before.answers.forEach((bound, count) -> answers.merge(bound, -count, Long::sum));
    long all = answers.values().stream().mapToLong(Long::longValue).sum();
    long seen = 0;
    for (Map.Entry<Double, Long> answer : answers.entrySet()) {
      seen += answer.getValue();
      if (seen >= all * SLOW) {
        return answer.getKey();
      }
    }
    return Double.POSITIVE_INFINITY;
  }

  private Map<Integer, Count> counts() {
    Map<Integer, Count> counts = new HashMap<>();
    for (MetricSnapshot snapshot : metrics.registry().scrape(USED::contains)) {
      for (DataPointSnapshot point : snapshot.getDataPoints()) {
        int gateway = Integer.parseInt(point.getLabels().get("gateway"));
        add(counts.computeIfAbsent(gateway, id -> new Count()), point);
      }
    }
    return counts;
  }

  private static void add(Count count, DataPointSnapshot point) {
    if (point instanceof CounterDataPointSnapshot sends) {
      count.sent += (long) sends.getValue();
      boolean delivered = "delivered".equals(point.getLabels().get("outcome"));
      count.delivered += delivered ? (long) sends.getValue() : 0;
    } else if (point instanceof GaugeDataPointSnapshot sending) {
      count.inFlight = (int) sending.getValue();
    } else if (point instanceof HistogramDataPointSnapshot took) {
      took.getClassicBuckets()
          .forEach(bucket -> count.answers.put(bucket.getUpperBound(), bucket.getCount()));
    }
  }
}
