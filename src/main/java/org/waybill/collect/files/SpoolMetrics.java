package org.waybill.collect.files;

import io.prometheus.metrics.core.metrics.Counter;
import io.prometheus.metrics.core.metrics.GaugeWithCallback;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import java.time.Clock;
import java.time.Duration;

/** What {@code /metrics} says of the spool directory. */
final class SpoolMetrics {
  private final Counter files;
  private volatile Look look = Look.NOTHING;

  SpoolMetrics(PrometheusRegistry registry, Clock clock) {
    files =
        Counter.builder()
            .name("waybill_spool_files_total")
            .help("Files of the spool directory by what became of them")
            .labelNames("outcome")
            .register(registry);
    for (Outcome outcome : Outcome.values()) {
      files.initLabelValues(outcome.label);
    }
    GaugeWithCallback.builder()
        .name("waybill_spool_waiting_files")
        .help("Files that the last look into the spool directory found")
        .callback(gauge -> gauge.call(look.waiting()))
        .register(registry);
    GaugeWithCallback.builder()
        .name("waybill_spool_oldest_file_seconds")
        .help("Age of the oldest of them; 0 when there is none")
        .callback(gauge -> gauge.call(age(clock)))
        .register(registry);
  }

  /** What became of a file. */
  enum Outcome {
    STORED("stored"),
    DUPLICATE("duplicate"),
    REJECTED("rejected"),
    TOO_LARGE("too_large");

    private final String label;

    Outcome(String label) {
      this.label = label;
    }
  }

  void settled(Outcome outcome) {
    files.labelValues(outcome.label).inc();
  }

  void looked(Look now) {
    look = now;
  }

  private double age(Clock clock) {
    Look last = look;
    return last.oldest() == null
        ? 0
        : Math.max(0, Duration.between(last.oldest(), clock.instant()).toMillis() / 1e3);
  }
}
