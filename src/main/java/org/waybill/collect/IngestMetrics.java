package org.waybill.collect;

import io.prometheus.metrics.core.metrics.Counter;
import io.prometheus.metrics.core.metrics.GaugeWithCallback;
import io.prometheus.metrics.core.metrics.Histogram;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import java.util.Map;
import java.util.function.IntSupplier;

/** What {@code /metrics} says of ingest. */
final class IngestMetrics {
  private static final Map<Class<? extends Outcome>, String> WORDS =
      Map.of(
          Outcome.Stored.class, "stored",
          Outcome.Duplicate.class, "duplicate",
          Outcome.Conflict.class, "conflict",
          Outcome.Unstorable.class, "unstorable",
          Outcome.Busy.class, "busy",
          Outcome.Unavailable.class, "unavailable");

  private final Counter outcomes;
  private final Histogram answers;
  private final Histogram seconds;
  private final Histogram size;

  /**
   * @param waiting how many CDRs wait for a commit now
   */
  IngestMetrics(PrometheusRegistry registry, IntSupplier waiting) {
    outcomes =
        Counter.builder()
            .name("waybill_ingest_cdrs_total")
            .help("CDRs by what became of them")
            .labelNames("outcome")
            .register(registry);
    WORDS.values().forEach(outcomes::initLabelValues);
    answers =
        Histogram.builder()
            .name("waybill_ingest_answer_seconds")
            .help("Time from a CDR's being read until its sender could be answered")
            .classicOnly()
            .classicUpperBounds(0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2)
            .register(registry);
    seconds =
        Histogram.builder()
            .name("waybill_ingest_commit_seconds")
            .help("Time that one shared commit took")
            .classicUpperBounds(0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5)
            .register(registry);
    size =
        Histogram.builder()
            .name("waybill_ingest_commit_cdrs")
            .help("CDRs that shared one commit")
            .classicUpperBounds(1, 2, 5, 10, 20, 50, 100, 200, 500)
            .register(registry);
    GaugeWithCallback.builder()
        .name("waybill_ingest_waiting")
        .help("CDRs that wait for a commit")
        .callback(gauge -> gauge.call(waiting.getAsInt()))
        .register(registry);
  }

  void committed(int cdrs, long nanos) {
    size.observe(cdrs);
    seconds.observe(nanos / 1e9);
  }

  void answered(Outcome outcome, long nanos) {
    outcomes.labelValues(WORDS.get(outcome.getClass())).inc();
    answers.observe(nanos / 1e9);
  }
}
