package org.waybill.console.page;

import jakarta.annotation.PreDestroy;
import jakarta.annotation.Resource;
import jakarta.enterprise.concurrent.ManagedScheduledExecutorService;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.context.Initialized;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import jakarta.ws.rs.sse.OutboundSseEvent;
import jakarta.ws.rs.sse.Sse;
import jakarta.ws.rs.sse.SseEventSink;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;
import org.waybill.platform.DatabaseException;
import org.waybill.platform.Stopping;
import org.waybill.report.Changes;

/**
 * Tells open pages, at most once a second, that something in their topics has changed; what it is
 * they ask themselves. Nothing is asked of the database while nobody looks.
 */
@ApplicationScoped
public class Live {
  private static final Logger LOG = System.getLogger(Live.class.getName());

  /** A stream ends after that, so that who may not look any more does not look on. */
  private static final Duration LONGEST = Duration.ofMinutes(5);

  /** A word now and then finds out who has gone, and keeps proxies from closing the stream. */
  private static final int SECONDS_OF_SILENCE = 15;

  /** How soon a browser tries again when its stream has ended. */
  private static final long RECONNECT_MILLIS = 1_000;

  private static final int MOST = 200;

  private final Changes changes;
  private final Stopping stopping;
  private final Clock clock;
  private final List<Follower> followers = new CopyOnWriteArrayList<>();
  private Map<String, String> last = Map.of();
  private int ticks;
  private @Nullable Future<?> run;

  @Resource private @Nullable ManagedScheduledExecutorService executor;

  @Inject
  public Live(Changes changes, Stopping stopping, Clock clock) {
    this.changes = changes;
    this.stopping = stopping;
    this.clock = clock;
  }

  /** For the proxy of CDI only. */
  @SuppressWarnings("NullAway")
  protected Live() {
    this(null, null, null);
  }

  private record Follower(
      Set<String> topics, SseEventSink sink, Sse sse, Instant until, AtomicBoolean busy) {
    void send(OutboundSseEvent event) {
      sink.send(event).whenComplete((sent, failed) -> busy.set(false));
    }
  }

  void atStart(@Observes @Initialized(ApplicationScoped.class) Object started) {
    if (executor != null) {
      run = executor.scheduleWithFixedDelay(this::tick, 1, 1, TimeUnit.SECONDS);
    }
  }

  @PreDestroy
  void stop() {
    if (run != null) {
      run.cancel(false);
    }
    followers.forEach(follower -> follower.sink().close());
  }

  void follow(Set<String> topics, SseEventSink sink, Sse sse) {
    if (topics.isEmpty() || stopping.hasBegun() || followers.size() >= MOST) {
      sink.close();
      return;
    }
    Follower follower =
        new Follower(topics, sink, sse, clock.instant().plus(LONGEST), new AtomicBoolean(true));
    follower.send(
        sse.newEventBuilder().name("hello").data(".").reconnectDelay(RECONNECT_MILLIS).build());
    followers.add(follower);
  }

  void tick() {
    Instant now = clock.instant();
    followers.removeIf(follower -> isOver(follower, now));
    if (followers.isEmpty()) {
      last = Map.of();
      return;
    }
    Set<String> changed = changed();
    boolean speak = ++ticks % SECONDS_OF_SILENCE == 0;
    for (Follower follower : followers) {
      if (follower.topics().stream().anyMatch(changed::contains)) {
        tell(follower, follower.sse().newEvent("changed", "."));
      } else if (speak) {
        tell(follower, follower.sse().newEventBuilder().comment("here").build());
      }
    }
  }

  private boolean isOver(Follower follower, Instant now) {
    boolean over =
        stopping.hasBegun() || follower.until().isBefore(now) || follower.sink().isClosed();
    if (over) {
      follower.sink().close();
    }
    return over;
  }

  /** On a thread of its own: a browser that does not read must not hold the others up. */
  private void tell(Follower follower, OutboundSseEvent event) {
    if (executor != null && follower.busy().compareAndSet(false, true)) {
      executor.execute(() -> follower.send(event));
    }
  }

  private Set<String> changed() {
    Map<String, String> now;
    try {
      now = changes.now();
    } catch (DatabaseException e) {
      LOG.log(Level.DEBUG, "Whether anything has changed could not be read.", e);
      return Set.of();
    }
    Set<String> changed = new HashSet<>();
    now.forEach(
        (topic, version) -> {
          if (last.containsKey(topic) && !version.equals(last.get(topic))) {
            changed.add(topic);
          }
        });
    last = now;
    return changed;
  }
}
