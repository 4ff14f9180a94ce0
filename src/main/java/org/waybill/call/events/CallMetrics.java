package org.waybill.call.events;

import io.prometheus.metrics.core.metrics.Counter;
import io.prometheus.metrics.core.metrics.Gauge;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import java.util.Locale;
import org.waybill.call.Recorded;

/** What {@code /metrics} says of lifecycle events and of the calls that they make. */
final class CallMetrics {
  private static final String REJECTED = "rejected";
  private static final String LATER = "later";

  private final Counter events;
  private final Counter calls;
  private final Counter timedOut;
  private final Gauge connected;

  CallMetrics(PrometheusRegistry registry) {
    events =
        Counter.builder()
            .name("waybill_call_events_total")
            .help("Messages of the broker by what became of them")
            .labelNames("outcome")
            .register(registry);
    for (EventOutcome outcome : EventOutcome.values()) {
      events.initLabelValues(outcome.label());
    }
    calls =
        Counter.builder()
            .name("waybill_calls_total")
            .help("Calls that were handed over as CDRs, by what became of them")
            .labelNames("outcome")
            .register(registry);
    for (Recorded.How how : Recorded.How.values()) {
      calls.initLabelValues(label(how));
    }
    calls.initLabelValues(REJECTED);
    calls.initLabelValues(LATER);
    timedOut =
        Counter.builder()
            .name("waybill_calls_timed_out_total")
            .help("Calls that were closed because their end did not come")
            .register(registry);
    connected =
        Gauge.builder()
            .name("waybill_amqp_connected")
            .help("Whether lifecycle events are consumed: 1, or 0 while there is no connection")
            .register(registry);
  }

  /** What became of a message. */
  enum EventOutcome {
    STORED,
    DUPLICATE,
    REJECTED,
    DEAD_LETTERED;

    private String label() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  void settled(EventOutcome outcome, int messages) {
    events.labelValues(outcome.label()).inc(messages);
  }

  void connected(boolean now) {
    connected.set(now ? 1 : 0);
  }

  void closed(Recorded recorded, boolean over) {
    calls.labelValues(label(recorded)).inc();
    if (over && recorded instanceof Recorded.Kept kept && kept.how() == Recorded.How.NEW) {
      timedOut.inc();
    }
  }

  private static String label(Recorded recorded) {
    if (recorded instanceof Recorded.Kept kept) {
      return label(kept.how());
    }
    return recorded instanceof Recorded.Rejected ? REJECTED : LATER;
  }

  private static String label(Recorded.How how) {
    return how.name().toLowerCase(Locale.ROOT);
  }
}
