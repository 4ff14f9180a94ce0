package org.waybill.collect.switches;

import io.prometheus.metrics.core.metrics.GaugeWithCallback;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import java.util.List;
import java.util.function.Supplier;

/** What {@code /metrics} says of the switches, as this node last read them. */
final class SwitchMetrics {
  private static final String[] LABELS = {"switch", "organization"};

  private SwitchMetrics() {}

  static void register(PrometheusRegistry registry, Supplier<List<WatchedSwitch>> known) {
    GaugeWithCallback.builder()
        .name("waybill_switch_last_seen_seconds")
        .help("When its newest document arrived, in seconds since 1970.")
        .labelNames(LABELS)
        .callback(
            gauge ->
                known
                    .get()
                    .forEach(one -> gauge.call(one.lastSeen().toEpochMilli() / 1e3, labels(one))))
        .register(registry);
    GaugeWithCallback.builder()
        .name("waybill_switch_silent")
        .help("1 when it has fallen silent, else 0.")
        .labelNames(LABELS)
        .callback(
            gauge ->
                known
                    .get()
                    .forEach(one -> gauge.call(one.silentSince() == null ? 0 : 1, labels(one))))
        .register(registry);
  }

  private static String[] labels(WatchedSwitch one) {
    return new String[] {one.name(), Integer.toString(one.rmOrgId())};
  }
}
