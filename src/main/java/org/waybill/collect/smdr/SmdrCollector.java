package org.waybill.collect.smdr;

import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.context.BeforeDestroyed;
import jakarta.enterprise.context.Initialized;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import jakarta.interceptor.Interceptor;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Semaphore;
import org.waybill.access.Organizations;
import org.waybill.collect.Intake;
import org.waybill.collect.Keeping;
import org.waybill.collect.switches.Sightings;
import org.waybill.platform.Database;
import org.waybill.platform.Metrics;
import org.waybill.platform.Settings;
import org.waybill.platform.SmdrLink;

/** Opens the links to Avaya systems that the settings name, and closes them at the end. */
@ApplicationScoped
public class SmdrCollector {
  private static final Logger LOG = System.getLogger(SmdrCollector.class.getName());

  /** What is under way, and what switches have sent already, has this long at a stop. */
  private static final Duration GRACE = Duration.ofSeconds(6);

  private static final Duration BETWEEN_LOOKS = Duration.ofMinutes(1);

  /** With 64 records each a quarter of those who may wait for a commit. */
  private static final int LANES = 16;

  private final Settings settings;
  private final Delivery.Way way;
  private final Stop stop = new Stop(GRACE);
  private final Connections connections;
  private final List<Thread> threads = new ArrayList<>();

  @Inject
  SmdrCollector(
      Settings settings,
      Intake intake,
      Keeping keeping,
      Organizations organizations,
      Sightings sightings,
      Database database,
      Clock clock,
      Metrics metrics) {
    this.settings = settings;
    this.way =
        new Delivery.Way(
            intake,
            keeping,
            organizations,
            new Segments(database),
            sightings,
            new SmdrMetrics(metrics.registry()),
            clock,
            new Semaphore(LANES, true));
    this.connections = new Connections(way, settings, stop);
  }

  /** For the proxy, which works on nothing of its own. */
  @SuppressWarnings("NullAway")
  protected SmdrCollector() {
    this.settings = null;
    this.way = null;
    this.connections = null;
  }

  /** After migrations and partitions, which come earlier. */
  void atStart(
      @Observes @Priority(Interceptor.Priority.LIBRARY_AFTER) @Initialized(ApplicationScoped.class)
          Object started) {
    for (SmdrLink link : settings.smdr().links()) {
      way.metrics().begun(link.name());
      boolean listens = link.host() == null;
      start(
          "waybill-links-" + link.name(),
          listens ? new Listening(link, connections, stop) : new Calling(link, connections, stop));
    }
    if (settings.smdr().links().stream().anyMatch(link -> link.layout().equals("ipoffice"))) {
      start("waybill-smdr-abandoned", this::closeAbandoned);
    }
  }

  /** What is under way is settled; nothing more is read. */
  void atStop(@Observes @BeforeDestroyed(ApplicationScoped.class) Object ending) {
    stop.ask();
    try {
      stop.join(threads);
      stop.join(connections.threads());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void start(String name, Runnable work) {
    Thread thread = new Thread(work, name);
    thread.setDaemon(true);
    thread.start();
    threads.add(thread);
  }

  private void closeAbandoned() {
    AbandonedCalls calls = new AbandonedCalls(way, settings.calls().maxAge());
    while (!stop.isAsked()) {
      try {
        calls.close();
      } catch (RuntimeException e) {
        LOG.log(
            Level.WARNING,
            "WB-SMDR-10 Calls without a last segment could not be looked for; this is tried again.",
            e);
      }
      stop.pause(BETWEEN_LOOKS);
    }
  }
}
