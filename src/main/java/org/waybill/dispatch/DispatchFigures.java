package org.waybill.dispatch;

import io.prometheus.metrics.core.metrics.Counter;
import io.prometheus.metrics.core.metrics.Gauge;
import io.prometheus.metrics.core.metrics.Histogram;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.waybill.gateway.Circuit;
import org.waybill.task.Attempt;
import org.waybill.task.Deliveries.Backlog;
import org.waybill.task.Settlement;

/** What dispatch tells {@code /metrics}. */
final class DispatchFigures {
  private final AnswerBook answers = new AnswerBook();
  private final Counter deliveries;
  private final Histogram attemptSeconds;
  private final Counter takeovers;
  private final Counter fenced;
  private final Histogram flushes;
  private final Gauge backlog;
  private final Gauge oldest;
  private final Gauge circuits;
  private final Gauge inFlight;

  DispatchFigures(PrometheusRegistry registry) {
    deliveries =
        Counter.builder()
            .name("waybill_deliveries_total")
            .help("Sends of deliveries by what they came to.")
            .labelNames("gateway", "outcome")
            .register(registry);
    attemptSeconds =
        Histogram.builder()
            .name("waybill_attempt_seconds")
            .help("How long a gateway took to answer.")
            .labelNames("gateway")
            .classicOnly()
            .register(registry);
    takeovers =
        Counter.builder()
            .name("waybill_lease_takeovers_total")
            .help("Queues taken over from a node that is dead.")
            .register(registry);
    fenced =
        Counter.builder()
            .name("waybill_fence_rejections_total")
            .help("Times that this node found a queue to be another's when it wanted to record.")
            .register(registry);
    flushes =
        Histogram.builder()
            .name("waybill_flush_seconds")
            .help("How long it took to record a batch of verdicts.")
            .classicOnly()
            .register(registry);
    backlog = gauge(registry, "waybill_queue_backlog", "Deliveries that wait, counted to 10001.");
    oldest =
        gauge(registry, "waybill_queue_oldest_age_seconds", "Age of the oldest one that waits.");
    circuits = gauge(registry, "waybill_circuit_state", "0 closed, 1 open, 2 half open; as owner.");
    inFlight = gauge(registry, "waybill_in_flight", "Sends under way.");
  }

  private static Gauge gauge(PrometheusRegistry registry, String name, String help) {
    return Gauge.builder().name(name).help(help).labelNames("gateway").register(registry);
  }

  void recorded(Settlement settlement, boolean lost) {
    recorded(List.of(settlement), settlement.attempt(), lost);
  }

  /** What was sent together. */
  void recorded(List<Settlement> together, Attempt attempt, boolean lost) {
    String gateway = Integer.toString(attempt.sent().gateway());
    String outcome = lost ? "fenced" : attempt.outcome().word();
    deliveries.labelValues(gateway, outcome).inc(together.size());
    Duration took = attempt.sent().took();
    attemptSeconds.labelValues(gateway).observe(took.toMillis() / 1000.0);
    if (!lost) {
      boolean delivered = attempt.outcome() == Attempt.Outcome.DELIVERED;
      answers.add(attempt.sent().gateway(), took, together.size(), delivered);
    }
  }

  /** The same for those who ask for all nodes. */
  AnswerBook answers() {
    return answers;
  }

  void flushed(int verdicts, long nanos) {
    if (verdicts > 0) {
      flushes.observe(nanos / 1e9);
    }
  }

  void fenced() {
    fenced.inc();
  }

  void tookOver(int queues) {
    takeovers.inc(queues);
  }

  void queue(GatewayQueue queue, Backlog waiting, Instant now) {
    String gateway = Integer.toString(queue.id());
    backlog.labelValues(gateway).set(waiting.count());
    Instant since = waiting.oldest();
    oldest
        .labelValues(gateway)
        .set(since == null ? 0 : Math.max(0, Duration.between(since, now).toMillis() / 1000.0));
    circuits.labelValues(gateway).set(number(queue.circuit().state()));
    inFlight.labelValues(gateway).set(queue.inFlight());
    for (Attempt.Outcome outcome : Attempt.Outcome.values()) {
      deliveries.initLabelValues(gateway, outcome.word());
    }
  }

  /** Another node tells of it from now on. */
  void forget(int queue) {
    String gateway = Integer.toString(queue);
    backlog.remove(gateway);
    oldest.remove(gateway);
    circuits.remove(gateway);
    inFlight.remove(gateway);
  }

  private static int number(Circuit.State state) {
    return switch (state) {
      case CLOSED -> 0;
      case OPEN -> 1;
      case HALF_OPEN -> 2;
    };
  }
}
