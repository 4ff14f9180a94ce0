package org.waybill.platform;

import jakarta.annotation.PreDestroy;
import jakarta.annotation.Resource;
import jakarta.enterprise.concurrent.ManagedScheduledExecutorService;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.context.Initialized;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.inject.Any;
import jakarta.enterprise.inject.Instance;
import jakarta.inject.Inject;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** Runs each {@link Upkeep} of the house in its time. */
@ApplicationScoped
public class Upkeeps {
  private static final Logger LOG = System.getLogger(Upkeeps.class.getName());

  private final Instance<Upkeep> all;
  private final List<Future<?>> runs = new ArrayList<>();

  @Resource private @Nullable ManagedScheduledExecutorService executor;

  @Inject
  public Upkeeps(@Any Instance<Upkeep> all) {
    this.all = all;
  }

  @SuppressWarnings("NullAway") // only for the proxy, which never calls it
  protected Upkeeps() {
    this(null);
  }

  void atStart(@Observes @Initialized(ApplicationScoped.class) Object started) {
    if (executor == null) {
      return;
    }
    for (Upkeep upkeep : all) {
      long seconds = upkeep.interval().toSeconds();
      runs.add(
          executor.scheduleWithFixedDelay(() -> run(upkeep), seconds, seconds, TimeUnit.SECONDS));
    }
  }

  @PreDestroy
  void stop() {
    runs.forEach(run -> run.cancel(false));
  }

  private static void run(Upkeep upkeep) {
    try {
      upkeep.purge();
    } catch (DatabaseException e) {
      LOG.log(
          Level.WARNING,
          "{0} could not be cleared away; this is tried again in {1} minutes and does no harm"
              + " meanwhile. ({2})",
          upkeep.what(),
          upkeep.interval().toMinutes(),
          e.getMessage());
    }
  }
}
