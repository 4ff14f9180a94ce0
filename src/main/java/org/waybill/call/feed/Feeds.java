package org.waybill.call.feed;

import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.context.BeforeDestroyed;
import jakarta.enterprise.context.Initialized;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import jakarta.interceptor.Interceptor;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.waybill.access.Organizations;
import org.waybill.call.CallRecords;
import org.waybill.collect.Keeping;
import org.waybill.platform.Database;
import org.waybill.platform.Metrics;
import org.waybill.platform.Settings;

/** Polls {@code WAYBILL_FEED_URL}, on one of the nodes that share a database. */
@ApplicationScoped
public class Feeds {
  private final Settings settings;
  private final Database database;
  private final CallRecords records;
  private final Organizations organizations;
  private final Keeping keeping;
  private final Clock clock;
  private final Metrics metrics;
  private @Nullable Polling polling;

  @Inject
  Feeds(
      Settings settings,
      Database database,
      CallRecords records,
      Organizations organizations,
      Keeping keeping,
      Clock clock,
      Metrics metrics) {
    this.settings = settings;
    this.database = database;
    this.records = records;
    this.organizations = organizations;
    this.keeping = keeping;
    this.clock = clock;
    this.metrics = metrics;
  }

  @SuppressWarnings("NullAway") // only for the proxy, which never calls it
  protected Feeds() {
    this(null, null, null, null, null, null, null);
  }

  /** After migrations, which come earlier. */
  void atStart(
      @Observes @Priority(Interceptor.Priority.LIBRARY_AFTER) @Initialized(ApplicationScoped.class)
          Object started) {
    settings.feeds().url().ifPresent(this::start);
  }

  private void start(URI url) {
    Polling started =
        new Polling(
            new Polling.Platform(FeedAddress.of(url), settings.feeds().timeout(), terms()),
            new Polling.House(database, records, organizations, keeping, clock, metrics),
            Duration.ofDays(settings.retentionDays()));
    started.start();
    polling = started;
  }

  private FeedTerms terms() {
    return new FeedTerms(
        settings.feeds().owner().orElseThrow(),
        settings.feeds().interval(),
        settings.feeds().limit(),
        settings.feeds().overlap(),
        settings.maxDocumentBytes(),
        settings.calls().grace(),
        settings.calls().maxAge());
  }

  /** What is under way is settled; what is left is read at the next start. */
  void atStop(@Observes @BeforeDestroyed(ApplicationScoped.class) Object ending) {
    Polling running = polling;
    if (running != null) {
      running.stop();
    }
  }
}
