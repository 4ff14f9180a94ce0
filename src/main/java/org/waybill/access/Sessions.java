package org.waybill.access;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Base64;
import java.util.Optional;
import java.util.Set;
import org.waybill.platform.Database;
import org.waybill.platform.OidcSettings;
import org.waybill.platform.Settings;

/**
 * Owner of {@code sessions}: people who signed in on the login page. A session is over after eight
 * hours without use, after a day, when its user signs out or is deactivated, and with the password
 * that opened it. One that an OpenID provider opened ends with the trust in that provider.
 */
@ApplicationScoped
public class Sessions {
  static final Duration IDLE = Duration.ofHours(8);
  static final Duration LONGEST = Duration.ofDays(1);

  private static final Duration USE_IS_WRITTEN = Duration.ofMinutes(1);
  private static final int TOKEN_BYTES = 32;

  private final Database database;
  private final PasswordSignIn passwords;
  private final Users users;
  private final OidcSettings provider;
  private final Clock clock;
  private final SecureRandom random = new SecureRandom();

  @Inject
  public Sessions(
      Database database, PasswordSignIn passwords, Users users, Settings settings, Clock clock) {
    this.database = database;
    this.passwords = passwords;
    this.users = users;
    this.provider = settings.oidc();
    this.clock = clock;
  }

  /** For the proxy of CDI only. */
  @SuppressWarnings("NullAway")
  protected Sessions() {
    this.database = null;
    this.passwords = null;
    this.users = null;
    this.provider = null;
    this.clock = null;
  }

  /** What came of signing in. */
  public sealed interface Entry {
    /** Whoever shows the session is let in from now on. */
    record Begun(Session session) implements Entry {}

    /** Nobody has this name and password, or not any more. */
    record Refused() implements Entry {}

    /** The user is known but has nothing to see. */
    record NoReader() implements Entry {}

    /** Too many wrong passwords came of late for this one to be looked at. */
    record Locked(Duration retryAfter) implements Entry {}
  }

  /**
   * Signs a person in.
   *
   * @param address where the request came from
   */
  public Entry begin(String name, String password, String address) {
    SignIn signIn = passwords.signIn(name, password, address);
    if (signIn instanceof SignIn.TooMany many) {
      return new Entry.Locked(many.retryAfter());
    }
    User user = users.find(name).orElse(null);
    if (user == null || !(signIn instanceof SignIn.Accepted accepted)) {
      return new Entry.Refused();
    }
    Opener opener = new Opener.Password(user.id());
    return begin(opener, digest(user), accepted.caller(), line(accepted.caller(), address));
  }

  /**
   * Lets a person in for whom the OpenID provider vouches.
   *
   * @param address where the request came from
   */
  public Entry begin(Identity identity, String address) {
    Opener.Provider opener = new Opener.Provider(identity);
    String from =
        "%s, by OpenID Connect as %s, roles %s"
            .formatted(address, identity.subject(), Words.join(identity.roles()));
    return begin(opener, trust(), caller(opener), line(caller(opener), from));
  }

  private Entry begin(Opener opener, byte[] digest, Caller caller, Audit.Entry line) {
    if (!caller.hasRole(Role.READER)) {
      return new Entry.NoReader();
    }
    byte[] bytes = new byte[TOKEN_BYTES];
    random.nextBytes(bytes);
    Session session = new Session(Base64.getUrlEncoder().withoutPadding().encodeToString(bytes));
    Instant now = clock.instant();
    database.transact(
        "begin a session",
        connection -> {
          SessionRows.deleteUnusedSince(connection, now.minus(LONGEST));
          SessionRows.insert(connection, session, opener, digest, now);
          Audit.record(connection, line);
          return session;
        });
    return new Entry.Begun(session);
  }

  /** Whose session it is, if it is not over. */
  Optional<Caller> callerOf(Session session) {
    SessionRows.Row row =
        database
            .read(
                "find a session",
                connection -> Optional.ofNullable(SessionRows.find(connection, session)))
            .orElse(null);
    Instant now = clock.instant();
    if (row == null
        || !row.usedAt().plus(IDLE).isAfter(now)
        || !row.beganAt().plus(LONGEST).isAfter(now)) {
      return Optional.empty();
    }
    Optional<Caller> caller = callerOf(row);
    if (caller.isPresent() && row.usedAt().plus(USE_IS_WRITTEN).isBefore(now)) {
      database.transact("keep a session", connection -> SessionRows.use(connection, session, now));
    }
    return caller;
  }

  private Optional<Caller> callerOf(SessionRows.Row row) {
    if (row.opener() instanceof Opener.Provider opener) {
      boolean trusted = provider.issuer().isPresent() && Arrays.equals(trust(), row.digest());
      return trusted ? Optional.of(caller(opener)) : Optional.empty();
    }
    return row.opener() instanceof Opener.Password opener
        ? users
            .find(opener.user())
            .filter(user -> user.active() && Arrays.equals(digest(user), row.digest()))
            .map(User::caller)
        : Optional.empty();
  }

  /**
   * From then on it lets nobody in.
   *
   * @return the ID token of a provider that opened it
   */
  public Optional<String> end(Session session) {
    return database.transact(
        "end a session",
        connection -> {
          SessionRows.Row row = SessionRows.find(connection, session);
          if (row == null) {
            return Optional.empty();
          }
          SessionRows.delete(connection, session);
          Caller caller = callerOf(row).orElse(null);
          if (caller != null) {
            Audit.record(
                connection,
                new Audit.Entry(caller.name(), "session.end", "user " + caller, null, null));
          }
          return row.opener() instanceof Opener.Provider opener
              ? Optional.of(opener.idToken())
              : Optional.empty();
        });
  }

  private byte[] trust() {
    return Digests.sha256(provider.fingerprint().getBytes(StandardCharsets.UTF_8));
  }

  private static byte[] digest(User user) {
    return Digests.sha256(user.passwordHash().getBytes(StandardCharsets.UTF_8));
  }

  private static Caller caller(Opener.Provider opener) {
    return new Caller(opener.caller(), opener.roles(), Set.of());
  }

  private static Audit.Entry line(Caller caller, String from) {
    return new Audit.Entry(caller.name(), "session.begin", "user " + caller, null, "from " + from);
  }
}
