package org.waybill.platform;

import io.prometheus.metrics.core.metrics.GaugeWithCallback;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.context.Initialized;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.ToDoubleFunction;

/** What {@code /metrics} says of what the server stands on: its database and its disks. */
@ApplicationScoped
class GroundMetrics {
  private final DatabaseReadiness database;
  private final Settings settings;
  private final Metrics metrics;

  @Inject
  GroundMetrics(DatabaseReadiness database, Settings settings, Metrics metrics) {
    this.database = database;
    this.settings = settings;
    this.metrics = metrics;
  }

  /** For the proxy of CDI only. */
  @SuppressWarnings("NullAway")
  protected GroundMetrics() {
    this(null, null, null);
  }

  void atStart(@Observes @Initialized(ApplicationScoped.class) Object started) {
    register(metrics.registry());
  }

  void register(PrometheusRegistry registry) {
    GaugeWithCallback.builder()
        .name("waybill_database_up")
        .help("1 when the database answers within two seconds, else 0")
        .callback(gauge -> gauge.call(database.obstacle().isEmpty() ? 1 : 0))
        .register(registry);
    Map<String, Path> directories = new TreeMap<>(Map.of("data", settings.dataDir()));
    settings.spoolDir().ifPresent(spool -> directories.put("spool", spool));
    gauge(
        registry,
        "waybill_disk_free_bytes",
        "What may still be written where the directory lies",
        directories,
        directory -> directory.toFile().getUsableSpace());
    gauge(
        registry,
        "waybill_disk_bytes",
        "How large the file system of the directory is",
        directories,
        directory -> directory.toFile().getTotalSpace());
  }

  private static void gauge(
      PrometheusRegistry registry,
      String name,
      String help,
      Map<String, Path> directories,
      ToDoubleFunction<Path> figure) {
    GaugeWithCallback.builder()
        .name(name)
        .help(help)
        .labelNames("directory")
        .callback(
            gauge ->
                directories.forEach((label, path) -> gauge.call(figure.applyAsDouble(path), label)))
        .register(registry);
  }
}
