package org.waybill.call.events;

import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.context.BeforeDestroyed;
import jakarta.enterprise.context.Initialized;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import jakarta.interceptor.Interceptor;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.waybill.access.Organizations;
import org.waybill.call.CallRecords;
import org.waybill.collect.Keeping;
import org.waybill.platform.CallSettings;
import org.waybill.platform.Database;
import org.waybill.platform.Metrics;
import org.waybill.platform.Settings;

/**
 * Consumes lifecycle events where {@code WAYBILL_AMQP_URL} says, and hands their calls over. Each
 * node does both: the broker shares events out among them, and a call is claimed by one.
 */
@ApplicationScoped
public class LifecycleEvents {
  private static final Logger LOG = System.getLogger(LifecycleEvents.class.getName());
  private static final Duration PAUSE = Duration.ofMillis(500);
  private static final Duration PAUSE_AFTER_FAILURE = Duration.ofSeconds(3);
  private static final Duration LONGEST_STOP = Duration.ofSeconds(15);

  private final Settings settings;
  private final Database database;
  private final Organizations organizations;
  private final Collecting collecting;
  private final Clock clock;
  private final Metrics metrics;
  private final CountDownLatch stopped = new CountDownLatch(1);
  private final List<Thread> threads = new ArrayList<>();
  private boolean failing;

  /** Where calls go, and what is no event. */
  private record Collecting(CallRecords records, Keeping keeping) {}

  @Inject
  public LifecycleEvents(
      Settings settings,
      Database database,
      Organizations organizations,
      CallRecords records,
      Keeping keeping,
      Clock clock,
      Metrics metrics) {
    this.settings = settings;
    this.database = database;
    this.organizations = organizations;
    this.collecting = new Collecting(records, keeping);
    this.clock = clock;
    this.metrics = metrics;
  }

  @SuppressWarnings("NullAway") // only for the proxy, which never calls it
  protected LifecycleEvents() {
    this(null, null, null, null, null, null, null);
  }

  /** After migrations and partitions, which come earlier. */
  void atStart(
      @Observes @Priority(Interceptor.Priority.LIBRARY_AFTER) @Initialized(ApplicationScoped.class)
          Object started) {
    settings.calls().brokerUrl().ifPresent(this::start);
  }

  private void start(URI url) {
    CallSettings told = settings.calls();
    CallMetrics figures = new CallMetrics(metrics.registry());
    Owner owner = new Owner(organizations, told.owner());
    CallRow.Patience patience = new CallRow.Patience(told.grace(), told.maxAge());
    EventStore store = new EventStore(database, owner, patience, clock);
    EventIntake intake = new EventIntake(store, collecting.keeping(), clock, figures);
    Broker broker = new Broker(url, told.exchange(), told.queue());
    Closing closing = new Closing(database, collecting.records(), owner, patience, clock, figures);
    start(
        "waybill-lifecycle-events",
        new EventConsumer(broker, intake, settings.maxDocumentBytes(), figures, stopped));
    start("waybill-lifecycle-calls", () -> close(closing));
  }

  private void start(String name, Runnable work) {
    Thread thread = new Thread(work, name);
    thread.setDaemon(true);
    thread.start();
    threads.add(thread);
  }

  /** What is under way is settled; the broker hands out the rest again. */
  void atStop(@Observes @BeforeDestroyed(ApplicationScoped.class) Object ending) {
    stopped.countDown();
    for (Thread thread : threads) {
      try {
        thread.join(LONGEST_STOP.toMillis());
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
    }
  }

  private void close(Closing closing) {
    try {
      Duration pause = PAUSE;
      while (!stopped.await(pause.toMillis(), TimeUnit.MILLISECONDS)) {
        pause = round(closing);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** Returns how long to wait then. */
  private Duration round(Closing closing) {
    try {
      boolean more = closing.round();
      if (failing) {
        failing = false;
        LOG.log(Level.INFO, "WB-CALL-09 Calls become CDRs again.");
      }
      return more ? Duration.ZERO : PAUSE;
    } catch (RuntimeException e) {
      if (!failing) {
        failing = true;
        LOG.log(
            Level.ERROR,
            "WB-CALL-08 Calls that have ended cannot become CDRs now; it is tried again. See that the"
                + " database is up, writable and not full.",
            e);
      }
      return PAUSE_AFTER_FAILURE;
    }
  }
}
