package org.waybill.access;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HexFormat;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Signs users in by name and password. PBKDF2 is slow on purpose, and a switch sends its password
 * with every CDR, so what was verified is remembered for a short time: as a hash with a salt of
 * this process, bound to the user's present password hash, so that a change of it counts at once.
 */
@ApplicationScoped
public class PasswordSignIn {
  private static final Duration REMEMBERED = Duration.ofMinutes(5);
  private static final int MAX_REMEMBERED = 1000;
  private static final int HASHING_SECONDS = 5;

  private final Users users;
  private final Passwords passwords;
  private final Clock clock;
  private final WrongPasswords wrong;
  private final ConcurrentMap<String, Instant> verified = new ConcurrentHashMap<>();
  private final byte[] salt = new byte[32];

  /** Hashing for strangers must leave processors for everybody else. */
  private final Semaphore hashing =
      new Semaphore(Math.max(1, Runtime.getRuntime().availableProcessors() / 2));

  private volatile @Nullable String nobodysHash;

  @Inject
  public PasswordSignIn(Users users, Passwords passwords, Clock clock) {
    this.users = users;
    this.passwords = passwords;
    this.clock = clock;
    this.wrong = new WrongPasswords(clock);
    new SecureRandom().nextBytes(salt);
  }

  /** For the proxy of CDI only. */
  @SuppressWarnings("NullAway")
  protected PasswordSignIn() {
    this.users = null;
    this.passwords = null;
    this.clock = null;
    this.wrong = null;
  }

  /**
   * @param address where the request came from
   */
  SignIn signIn(String name, String password, String address) {
    Optional<User> user = users.find(name).filter(User::active);
    String fingerprint = user.map(known -> fingerprint(known, password)).orElse("");
    if (user.isPresent() && isRemembered(fingerprint)) {
      return new SignIn.Accepted(user.get().caller());
    }
    Duration wait = wrong.wait(name, address);
    if (!wait.isZero()) {
      return new SignIn.TooMany(wait);
    }
    if (!mayHash()) {
      return new SignIn.TooMany(Duration.ofSeconds(1));
    }
    try {
      // A switch begins with many connections at once: the first one has answered for the others.
      if (user.isPresent() && isRemembered(fingerprint)) {
        return new SignIn.Accepted(user.get().caller());
      }
      boolean matches =
          passwords.matches(password, user.map(User::passwordHash).orElseGet(this::nobodysHash));
      if (!matches || user.isEmpty()) {
        if (wrong.count(name, address)) {
          users.lockedOut(name, address);
        }
        return new SignIn.Refused();
      }
      remember(fingerprint); // before the next one of them is let go on
      return new SignIn.Accepted(user.get().caller());
    } finally {
      hashing.release();
    }
  }

  private boolean mayHash() {
    try {
      return hashing.tryAcquire(HASHING_SECONDS, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  /** A name that nobody has costs as long as one that somebody has. */
  private String nobodysHash() {
    String hash = nobodysHash;
    if (hash == null) {
      hash = passwords.hash("");
      nobodysHash = hash;
    }
    return hash;
  }

  private boolean isRemembered(String fingerprint) {
    Instant until = verified.get(fingerprint);
    return until != null && until.isAfter(clock.instant());
  }

  private void remember(String fingerprint) {
    Instant now = clock.instant();
    if (verified.size() >= MAX_REMEMBERED) {
      verified.values().removeIf(until -> !until.isAfter(now));
      if (verified.size() >= MAX_REMEMBERED) {
        verified.clear();
      }
    }
    verified.put(fingerprint, now.plus(REMEMBERED));
  }

  private String fingerprint(User user, String password) {
    byte[] known = (user.id() + " " + user.passwordHash() + " ").getBytes(StandardCharsets.UTF_8);
    byte[] given = password.getBytes(StandardCharsets.UTF_8);
    return HexFormat.of().formatHex(Digests.sha256(salt, known, given));
  }
}
