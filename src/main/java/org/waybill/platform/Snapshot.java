package org.waybill.platform;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * A value read from the database at most once in a while, and again after {@link #drop}. Nodes meet
 * in the database, so what one node changes the others see when their snapshot has aged.
 *
 * <p>While the database is away the last value serves on: a sender should hear that its document
 * could not be stored, not that its credentials are unknown.
 */
public final class Snapshot<T> {
  private static final Logger LOG = System.getLogger(Snapshot.class.getName());

  /** Up to this age the old value serves while another thread reads the new one. */
  private static final Duration STALE = Duration.ofSeconds(3);

  /** A thread that hangs on a dead database must not hold up the others. */
  private static final Duration PATIENCE = Duration.ofMillis(300);

  private final String what;
  private final Supplier<T> source;
  private final Clock clock;
  private final Duration maxAge;
  private final ReentrantLock reading = new ReentrantLock();
  private volatile @Nullable Held<T> held;

  private record Held<T>(T value, Instant readAt) {}

  public Snapshot(String what, Clock clock, Duration maxAge, Supplier<T> source) {
    this.what = what;
    this.clock = clock;
    this.maxAge = maxAge;
    this.source = source;
  }

  public T get() {
    Held<T> now = held;
    if (now != null && age(now).compareTo(maxAge) <= 0) {
      return now.value();
    }
    if (!mayRead(now)) {
      return Objects.requireNonNull(now).value();
    }
    try {
      return refreshed();
    } finally {
      reading.unlock();
    }
  }

  /** The next {@link #get} reads again: call it after the commit of a change. */
  public void drop() {
    reading.lock();
    try {
      Held<T> now = held;
      if (now != null) {
        held = new Held<>(now.value(), Instant.EPOCH);
      }
    } finally {
      reading.unlock();
    }
  }

  /** Takes the lock; false where the old value is good enough to go on with. */
  private boolean mayRead(@Nullable Held<T> now) {
    if (now == null) {
      reading.lock();
      return true;
    }
    try {
      return age(now).compareTo(STALE) > 0
          ? reading.tryLock(PATIENCE.toMillis(), TimeUnit.MILLISECONDS)
          : reading.tryLock();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  private T refreshed() {
    Held<T> old = held;
    if (old != null && age(old).compareTo(maxAge) <= 0) {
      return old.value();
    }
    Instant before = clock.instant();
    try {
      T value = source.get();
      held = new Held<>(value, before);
      return value;
    } catch (RuntimeException e) {
      if (old == null) {
        throw e;
      }
      LOG.log(
          Level.WARNING,
          "WB-PLATFORM-01 Could not read the {0} again; the last ones read serve on. Check the database. ({1})",
          what,
          e.getMessage());
      held = new Held<>(old.value(), clock.instant());
      return old.value();
    }
  }

  private Duration age(Held<T> value) {
    return Duration.between(value.readAt(), clock.instant());
  }
}
