package org.waybill.collect.files;

import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.context.BeforeDestroyed;
import jakarta.enterprise.context.Initialized;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import jakarta.interceptor.Interceptor;
import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.waybill.collect.GroupCommit;
import org.waybill.collect.Intake;
import org.waybill.collect.Keeping;
import org.waybill.platform.Metrics;
import org.waybill.platform.Settings;

/**
 * Watches {@code WAYBILL_SPOOL_DIR}, by looking: notifications are lost over NFS and while nobody
 * runs. Several nodes may watch the same directory; each file is moved by one of them.
 */
@ApplicationScoped
public class Spool {
  private static final Logger LOG = System.getLogger(Spool.class.getName());
  private static final Duration PAUSE = Duration.ofSeconds(1);
  private static final Duration PAUSE_AFTER_FAILURE = Duration.ofSeconds(3);
  private static final Duration LONG_PAUSE = Duration.ofSeconds(10);
  private static final Duration LONGEST_STOP = Duration.ofSeconds(15);

  private final Settings settings;
  private final SpoolRound.Way way;
  private final Clock clock;
  private final Metrics metrics;
  private final CountDownLatch stopped = new CountDownLatch(1);
  private @Nullable Thread watch;
  private boolean failing;

  @Inject
  Spool(
      Settings settings,
      Intake intake,
      Keeping keeping,
      GroupCommit commits,
      Clock clock,
      Metrics metrics) {
    this.settings = settings;
    this.way = new SpoolRound.Way(intake, keeping, commits);
    this.clock = clock;
    this.metrics = metrics;
  }

  @SuppressWarnings("NullAway") // only for the proxy, which never calls it
  protected Spool() {
    this(null, null, null, null, null, null);
  }

  /** After migrations and partitions, which come earlier. */
  void atStart(
      @Observes @Priority(Interceptor.Priority.LIBRARY_AFTER) @Initialized(ApplicationScoped.class)
          Object started) {
    settings.spoolDir().ifPresent(this::start);
  }

  private void start(Path directory) {
    SpoolRound.Terms terms =
        new SpoolRound.Terms(
            clock,
            settings.maxDocumentBytes(),
            settings.spoolOrg().orElse(null),
            () -> stopped.getCount() == 0);
    SpoolRound round =
        new SpoolRound(
            new SpoolDirectory(directory, clock),
            way,
            terms,
            new SpoolMetrics(metrics.registry(), clock));
    Thread thread = new Thread(() -> watch(round), "waybill-spool");
    thread.setDaemon(true);
    thread.start();
    watch = thread;
  }

  /** What is under way is settled; what is left is found at the next start. */
  void atStop(@Observes @BeforeDestroyed(ApplicationScoped.class) Object ending) {
    stopped.countDown();
    Thread thread = watch;
    if (thread != null) {
      try {
        thread.join(LONGEST_STOP.toMillis());
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
    }
  }

  private void watch(SpoolRound round) {
    try {
      Duration pause = PAUSE;
      while (!stopped.await(pause.toMillis(), TimeUnit.MILLISECONDS)) {
        pause = run(round);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** Returns how long to wait then. */
  private Duration run(SpoolRound round) {
    try {
      SpoolRound.Result result = round.run();
      recovered();
      return switch (result) {
        case MORE -> Duration.ZERO;
        case ALL -> PAUSE;
        case CROWDED -> LONG_PAUSE;
        case AWAY -> PAUSE_AFTER_FAILURE;
      };
    } catch (IOException | RuntimeException e) {
      failed(e);
      return PAUSE_AFTER_FAILURE;
    }
  }

  private void failed(Exception e) {
    if (!failing) {
      failing = true;
      LOG.log(
          Level.ERROR,
          "WB-SPOOL-01 The files in "
              + settings.spoolDir().orElseThrow()
              + " cannot be collected; this is tried again. See that WAYBILL_SPOOL_DIR is there and"
              + " may be read and written.",
          e);
    }
  }

  private void recovered() {
    if (failing) {
      failing = false;
      LOG.log(Level.INFO, "WB-SPOOL-05 Files are collected again.");
    }
  }
}
