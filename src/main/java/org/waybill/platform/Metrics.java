package org.waybill.platform;

import io.prometheus.metrics.instrumentation.jvm.JvmMetrics;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import jakarta.enterprise.context.ApplicationScoped;

/** The figures of this server; each room registers its own, the console shows them. */
@ApplicationScoped
public class Metrics {
  private final PrometheusRegistry registry = new PrometheusRegistry();

  public Metrics() {
    JvmMetrics.builder().register(registry);
  }

  /** For {@code Counter.builder()...register(metrics.registry())}. */
  public PrometheusRegistry registry() {
    return registry;
  }
}
