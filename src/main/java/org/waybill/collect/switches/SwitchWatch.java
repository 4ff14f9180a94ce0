package org.waybill.collect.switches;

import jakarta.annotation.PreDestroy;
import jakarta.annotation.Resource;
import jakarta.enterprise.concurrent.ManagedScheduledExecutorService;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.context.Initialized;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.waybill.platform.Database;
import org.waybill.platform.Metrics;
import org.waybill.platform.Settings;

/** Writes the signs of life every few seconds, and says which switch gives none any more. */
@ApplicationScoped
public class SwitchWatch {
  private static final Logger LOG = System.getLogger(SwitchWatch.class.getName());
  private static final int SECONDS_TO_WRITE = 5;
  private static final int SECONDS_TO_LOOK = 30;

  private record Name(String name, int rmOrgId) {}

  private final Sightings sightings;
  private final Database database;
  private final Clock clock;
  private final Instant listening;
  private final SilenceRule rule;
  private final List<Future<?>> runs = new ArrayList<>();
  private volatile List<WatchedSwitch> known = List.of();

  @Resource private @Nullable ManagedScheduledExecutorService executor;

  @Inject
  SwitchWatch(
      Sightings sightings, Database database, Clock clock, Metrics metrics, Settings settings) {
    this(
        sightings,
        database,
        clock,
        metrics,
        new SilenceRule(settings.switchSilence(), settings.switchMissed()));
  }

  SwitchWatch(
      Sightings sightings, Database database, Clock clock, Metrics metrics, SilenceRule rule) {
    this.sightings = sightings;
    this.database = database;
    this.clock = clock;
    this.listening = clock.instant();
    this.rule = rule;
    SwitchMetrics.register(metrics.registry(), () -> known);
  }

  /** For the proxy, which works on nothing of its own. */
  @SuppressWarnings("NullAway")
  protected SwitchWatch() {
    this.sightings = null;
    this.database = null;
    this.clock = null;
    this.listening = null;
    this.rule = null;
  }

  void atStart(@Observes @Initialized(ApplicationScoped.class) Object started) {
    if (executor != null) {
      runs.add(every(SECONDS_TO_WRITE, this::write));
      runs.add(every(SECONDS_TO_LOOK, this::look));
    }
  }

  @PreDestroy
  void stop() {
    runs.forEach(run -> run.cancel(false));
    trying(this::write, new AtomicBoolean());
  }

  /** What cannot be written is counted on: the last seconds before a crash are all that is lost. */
  void write() {
    Map<Sighting.Key, Sighting> taken = sightings.take();
    if (known.size() >= Sightings.MOST) {
      keepKnown(taken);
    }
    if (taken.isEmpty()) {
      return;
    }
    try {
      database.transact(
          "write when switches sent",
          connection -> {
            SightingRows.add(connection, taken);
            return taken.size();
          });
    } catch (RuntimeException e) {
      sightings.giveBack(taken);
      throw e;
    }
  }

  /** Judges each of them; of several nodes one says so. */
  void look() {
    Instant now = clock.instant();
    List<WatchedSwitch> all = all();
    Map<Long, UsualHours> usual =
        database.read(
            "read usual hours of switches",
            connection -> SwitchRows.hoursOfQuiet(connection, rule.quietSince(now)));
    boolean news = false;
    for (WatchedSwitch one : all) {
      UsualHours hours = usual.getOrDefault(one.id(), new UsualHours());
      if (one.isBack()) {
        news |= back(one);
      } else if (one.silentSince() == null && rule.isBroken(one, now, listening, hours)) {
        news |= silent(one, now);
      }
    }
    if (all.size() >= Sightings.MOST && known.size() < Sightings.MOST) {
      tooMany();
    }
    known = news ? all() : all;
  }

  private List<WatchedSwitch> all() {
    return database.read(
        "read switches", connection -> SwitchRows.page(connection, null, null, Sightings.MOST));
  }

  private static void tooMany() {
    LOG.log(
        Level.WARNING,
        "WB-SWITCH-04 {0} switches are known, and no more are watched. Find out in GET /api/switches"
            + " who sends under ever new names, and dismiss those that are gone.",
        Sightings.MOST);
  }

  private boolean silent(WatchedSwitch one, Instant now) {
    if (!set(one, now)) {
      return false;
    }
    LOG.log(
        Level.WARNING,
        () ->
            ("WB-SWITCH-01 Switch '%s' of organization %d has fallen silent: its last sign of"
                    + " life was at %s. See that it runs and reaches this server; if it was taken out of"
                    + " service, DELETE /api/switches/%d.")
                .formatted(one.name(), one.rmOrgId(), one.lastSeen(), one.id()));
    return true;
  }

  private boolean back(WatchedSwitch one) {
    if (!set(one, null)) {
      return false;
    }
    LOG.log(
        Level.WARNING,
        () ->
            ("WB-SWITCH-02 Switch '%s' of organization %d sends again, which was silent since %s."
                    + " Look in its error directory for records that it parked meanwhile.")
                .formatted(one.name(), one.rmOrgId(), one.silentSince()));
    return true;
  }

  private boolean set(WatchedSwitch one, @Nullable Instant since) {
    return database.transact(
        "say that a switch is silent", connection -> SwitchRows.setSilent(connection, one, since));
  }

  private void keepKnown(Map<Sighting.Key, Sighting> taken) {
    Set<Name> names =
        known.stream().map(one -> new Name(one.name(), one.rmOrgId())).collect(Collectors.toSet());
    taken.keySet().removeIf(key -> !names.contains(new Name(key.name(), key.rmOrgId())));
  }

  private Future<?> every(int seconds, Runnable work) {
    AtomicBoolean failing = new AtomicBoolean();
    return Objects.requireNonNull(executor)
        .scheduleWithFixedDelay(() -> trying(work, failing), seconds, seconds, TimeUnit.SECONDS);
  }

  /** A database that is away is said once, until it is back. */
  private static void trying(Runnable work, AtomicBoolean failing) {
    try {
      work.run();
      failing.set(false);
    } catch (RuntimeException e) {
      if (failing.compareAndSet(false, true)) {
        LOG.log(
            Level.WARNING,
            "WB-SWITCH-03 Which switches send cannot be written or read, so that a silent one is not"
                + " told. See that the database is up. ({0})",
            e.getMessage());
      }
    }
  }
}
