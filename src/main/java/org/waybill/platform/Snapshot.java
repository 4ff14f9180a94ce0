package org.waybill.platform;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * A value read from the database at most once in a while, and again after {@link #drop}. Nodes meet
 * in the database, so what one node changes the others see when their snapshot has aged.
 *
 * <p>While the database is away the last value serves on: a sender should hear that its document
 * could not be stored, not that its credentials are unknown. Nor may it wait for long to hear that,
 * so a value is read again on a thread of its own, which a database that hangs may hold.
 */
public final class Snapshot<T> {
  private static final Logger LOG = System.getLogger(Snapshot.class.getName());

  /** Up to this age the old value serves those who find a new one being read. */
  private static final Duration STALE = Duration.ofSeconds(3);

  /** How long a new value is waited for, of the two seconds in which a sender has its answer. */
  private static final Duration PATIENCE = Duration.ofMillis(300);

  /** The same after a change of our own, which its author expects to see. */
  private static final Duration PATIENCE_AFTER_CHANGE = Duration.ofSeconds(5);

  private final String what;
  private final Supplier<T> source;
  private final Clock clock;
  private final Duration maxAge;
  private volatile @Nullable Held<T> held;
  private @Nullable CompletableFuture<T> reading;

  /**
   * What was read.
   *
   * @param dropped whether a change of our own has come after it
   */
  private record Held<T>(T value, Instant readAt, boolean dropped) {
    Held(T value, Instant readAt) {
      this(value, readAt, false);
    }

    Held<T> outdated(boolean byChange) {
      return new Held<>(value, Instant.EPOCH, byChange);
    }
  }

  public Snapshot(String what, Clock clock, Duration maxAge, Supplier<T> source) {
    this.what = what;
    this.clock = clock;
    this.maxAge = maxAge;
    this.source = source;
  }

  public T get() {
    Held<T> now = held;
    if (now == null) {
      return first();
    }
    if (age(now).compareTo(maxAge) <= 0) {
      return now.value();
    }
    boolean late = age(now).compareTo(STALE) > 0;
    CompletableFuture<T> underway = underway();
    if (underway != null && !late) {
      return now.value();
    }
    return await(underway == null ? begin(now) : underway, now);
  }

  /** The next {@link #get} reads again: call it after the commit of a change. */
  public synchronized void drop() {
    Held<T> now = held;
    if (now != null) {
      held = now.outdated(true);
      reading = null; // it may have begun before the change
    }
  }

  private synchronized T first() {
    Held<T> now = held;
    if (now == null) {
      Instant before = clock.instant();
      now = new Held<>(source.get(), before);
      held = now;
    }
    return now.value();
  }

  private synchronized @Nullable CompletableFuture<T> underway() {
    return reading;
  }

  private synchronized CompletableFuture<T> begin(Held<T> old) {
    CompletableFuture<T> now = reading;
    if (now == null) {
      CompletableFuture<T> fresh = new CompletableFuture<>();
      Thread thread = new Thread(() -> read(old, fresh), "waybill-read-" + what);
      thread.setDaemon(true);
      thread.start();
      reading = fresh;
      now = fresh;
    }
    return now;
  }

  private void read(Held<T> old, CompletableFuture<T> fresh) {
    Instant before = clock.instant();
    try {
      settle(fresh, new Held<>(source.get(), before));
    } catch (RuntimeException e) {
      LOG.log(
          Level.WARNING,
          "WB-PLATFORM-01 Could not read the {0} again; the last ones read serve on. Check the database. ({1})",
          what,
          e.getMessage());
      settle(fresh, new Held<>(old.value(), clock.instant()));
    }
  }

  private void settle(CompletableFuture<T> fresh, Held<T> result) {
    synchronized (this) {
      if (reading == fresh) {
        held = result;
        reading = null;
      }
    }
    fresh.complete(result.value());
  }

  private T await(CompletableFuture<T> fresh, Held<T> old) {
    Duration patience = old.dropped() ? PATIENCE_AFTER_CHANGE : PATIENCE;
    try {
      return fresh.get(patience.toMillis(), TimeUnit.MILLISECONDS);
    } catch (TimeoutException e) {
      resign();
      return old.value();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return old.value();
    } catch (ExecutionException e) {
      throw new IllegalStateException("A reading is never exceptional.", e);
    }
  }

  /** Those who come next need not wait as long for what does not come. */
  private synchronized void resign() {
    Held<T> now = held;
    if (now != null && now.dropped()) {
      held = now.outdated(false);
    }
  }

  private Duration age(Held<T> value) {
    return Duration.between(value.readAt(), clock.instant());
  }
}
