package org.waybill.collect.smdr;

import io.prometheus.metrics.core.metrics.Counter;
import io.prometheus.metrics.core.metrics.Gauge;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import java.util.Locale;
import java.util.concurrent.atomic.AtomicInteger;

/** What {@code /metrics} says of the links to Avaya systems, by the names of these. */
final class SmdrMetrics {
  private final Gauge connections;
  private final Gauge held;
  private final Counter records;
  private final AtomicInteger allHeld = new AtomicInteger();

  SmdrMetrics(PrometheusRegistry registry) {
    connections =
        Gauge.builder()
            .name("waybill_smdr_connections")
            .help("Connections of Avaya systems that are open")
            .labelNames("link")
            .register(registry);
    held =
        Gauge.builder()
            .name("waybill_smdr_held_connections")
            .help("Those of them that are not read on, since the database takes nothing")
            .labelNames("link")
            .register(registry);
    records =
        Counter.builder()
            .name("waybill_smdr_records_total")
            .help("Lines of Avaya systems by what became of them")
            .labelNames("link", "outcome")
            .register(registry);
  }

  /** What became of a line. */
  enum Outcome {
    STORED,
    DUPLICATE,
    REJECTED,
    /** A segment of a call that waits for the others. */
    KEPT,
    /** A date record. */
    PASSED;

    private String label() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  void begun(String link) {
    connections.initLabelValues(link);
    held.initLabelValues(link);
    for (Outcome outcome : Outcome.values()) {
      records.initLabelValues(link, outcome.label());
    }
  }

  void opened(String link) {
    connections.labelValues(link).inc();
  }

  void closed(String link) {
    connections.labelValues(link).dec();
  }

  void settled(String link, Outcome outcome) {
    records.labelValues(link, outcome.label()).inc();
  }

  /** Returns whether it is the first. */
  boolean held(String link) {
    held.labelValues(link).inc();
    return allHeld.getAndIncrement() == 0;
  }

  /** Returns whether it was the last. */
  boolean released(String link) {
    held.labelValues(link).dec();
    return allHeld.decrementAndGet() == 0;
  }
}
