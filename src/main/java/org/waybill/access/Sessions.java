package org.waybill.access;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Base64;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.waybill.platform.Columns;
import org.waybill.platform.Database;

/**
 * Owner of {@code sessions}: people who signed in on the login page. A session is over after eight
 * hours without use, after a day, when its user signs out or is deactivated, and with the password
 * that opened it.
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
  private final Clock clock;
  private final SecureRandom random = new SecureRandom();

  @Inject
  public Sessions(Database database, PasswordSignIn passwords, Users users, Clock clock) {
    this.database = database;
    this.passwords = passwords;
    this.users = users;
    this.clock = clock;
  }

  /** For the proxy of CDI only. */
  @SuppressWarnings("NullAway")
  protected Sessions() {
    this(null, null, null, null);
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
    if (!accepted.caller().hasRole(Role.READER)) {
      return new Entry.NoReader();
    }
    byte[] bytes = new byte[TOKEN_BYTES];
    random.nextBytes(bytes);
    Session session = new Session(Base64.getUrlEncoder().withoutPadding().encodeToString(bytes));
    Instant now = clock.instant();
    database.transact(
        "begin a session",
        connection -> {
          deleteOld(connection, now);
          insert(connection, session, user, now);
          Audit.record(connection, line(user, "session.begin", "from " + address));
          return session;
        });
    return new Entry.Begun(session);
  }

  /** Whose session it is, if it is not over. */
  Optional<Caller> callerOf(Session session) {
    Row row =
        database
            .read("find a session", connection -> Optional.ofNullable(find(connection, session)))
            .orElse(null);
    Instant now = clock.instant();
    if (row == null
        || !row.usedAt().plus(IDLE).isAfter(now)
        || !row.beganAt().plus(LONGEST).isAfter(now)) {
      return Optional.empty();
    }
    User user = users.find(row.user()).orElse(null);
    if (user == null || !user.active() || !Arrays.equals(digest(user), row.passwordDigest())) {
      return Optional.empty();
    }
    if (row.usedAt().plus(USE_IS_WRITTEN).isBefore(now)) {
      database.transact("keep a session", connection -> use(connection, session, now));
    }
    return Optional.of(user.caller());
  }

  /** From then on it lets nobody in. */
  public void end(Session session) {
    database.transact(
        "end a session",
        connection -> {
          Row row = find(connection, session);
          if (row != null) {
            delete(connection, session);
            User user = users.find(row.user()).orElse(null);
            if (user != null) {
              Audit.record(connection, line(user, "session.end", null));
            }
          }
          return session;
        });
  }

  @SuppressWarnings("ArrayRecordComponent") // never compared as a whole
  private record Row(int user, byte[] passwordDigest, Instant beganAt, Instant usedAt) {}

  private static @Nullable Row find(Connection connection, Session session) throws SQLException {
    String sql =
        "SELECT id_users, password_digest, began_at, used_at FROM sessions WHERE token_hash = ?";
    try (PreparedStatement select = connection.prepareStatement(sql)) {
      select.setBytes(1, session.hash());
      try (ResultSet row = select.executeQuery()) {
        return row.next()
            ? new Row(
                row.getInt("id_users"),
                row.getBytes("password_digest"),
                Columns.instant(row, "began_at"),
                Columns.instant(row, "used_at"))
            : null;
      }
    }
  }

  private static void insert(Connection connection, Session session, User user, Instant now)
      throws SQLException {
    String sql =
        """
        INSERT INTO sessions (token_hash, id_users, password_digest, began_at, used_at)
        VALUES (?, ?, ?, ?, ?)
        """;
    try (PreparedStatement insert = connection.prepareStatement(sql)) {
      insert.setBytes(1, session.hash());
      insert.setInt(2, user.id());
      insert.setBytes(3, digest(user));
      insert.setObject(4, Columns.utc(now));
      insert.setObject(5, Columns.utc(now));
      insert.executeUpdate();
    }
  }

  private static int use(Connection connection, Session session, Instant now) throws SQLException {
    String sql = "UPDATE sessions SET used_at = ? WHERE token_hash = ?";
    try (PreparedStatement update = connection.prepareStatement(sql)) {
      update.setObject(1, Columns.utc(now));
      update.setBytes(2, session.hash());
      return update.executeUpdate();
    }
  }

  private static void delete(Connection connection, Session session) throws SQLException {
    try (PreparedStatement delete =
        connection.prepareStatement("DELETE FROM sessions WHERE token_hash = ?")) {
      delete.setBytes(1, session.hash());
      delete.executeUpdate();
    }
  }

  private static void deleteOld(Connection connection, Instant now) throws SQLException {
    try (PreparedStatement delete =
        connection.prepareStatement("DELETE FROM sessions WHERE used_at < ?")) {
      delete.setObject(1, Columns.utc(now.minus(LONGEST)));
      delete.executeUpdate();
    }
  }

  private static byte[] digest(User user) {
    return Digests.sha256(user.passwordHash().getBytes(StandardCharsets.UTF_8));
  }

  private static Audit.Entry line(User user, String action, @Nullable String detail) {
    return new Audit.Entry(user.name(), action, user.toString(), null, detail);
  }
}
