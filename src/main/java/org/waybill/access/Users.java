package org.waybill.access;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import jakarta.persistence.LockModeType;
import jakarta.persistence.PersistenceException;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.waybill.platform.Entities;
import org.waybill.platform.Snapshot;

/** Owner of {@code users}. There is always one who may make others: the last admin stays. */
@ApplicationScoped
public class Users {
  private static final Duration MAX_AGE = Duration.ofMillis(900);

  private final Entities entities;
  private final Passwords passwords;
  private final Snapshot<Map<String, User>> byName;

  @Inject
  public Users(Entities entities, Passwords passwords, Clock clock) {
    this.entities = entities;
    this.passwords = passwords;
    this.byName = new Snapshot<>("users", clock, MAX_AGE, () -> entities.transact(Users::load));
  }

  /** For the proxy of CDI only. */
  @SuppressWarnings("NullAway")
  protected Users() {
    this.entities = null;
    this.passwords = null;
    this.byName = null;
  }

  /**
   * What an admin changes of a user; what is null stays.
   *
   * @param password in the clear, on its way to its hash
   * @param digest whether HTTP Digest lets it in, which takes the password to be turned on
   */
  public record Change(
      @Nullable String password,
      @Nullable Set<String> roles,
      @Nullable Boolean active,
      @Nullable Boolean digest) {

    /** One that leaves HTTP Digest as it is. */
    public Change(
        @Nullable String password, @Nullable Set<String> roles, @Nullable Boolean active) {
      this(password, roles, active, null);
    }

    @Override
    public String toString() {
      return (password == null ? "" : "new password ")
          + (roles == null ? "" : "roles " + roles + " ")
          + (active == null ? "" : "active " + active + " ")
          + (digest == null ? "" : "digest " + digest);
    }
  }

  public List<User> all() {
    return List.copyOf(byName.get().values());
  }

  public Optional<User> find(int id) {
    return all().stream().filter(user -> user.id() == id).findFirst();
  }

  Optional<User> find(String name) {
    return Optional.ofNullable(byName.get().get(name));
  }

  /** Writes down that somebody guesses, or has forgotten, a password. */
  void lockedOut(String name, String address) {
    String detail = WrongPasswords.ALLOWED + " wrong passwords from " + address;
    entities.transact(
        manager -> {
          Audit.record(
              manager, new Audit.Entry("waybill", "signin.locked", "user " + name, null, detail));
          return detail;
        });
  }

  /** Whether HTTP Digest is of use to anybody. */
  boolean anyDigest() {
    return byName.get().values().stream().anyMatch(User::hasDigest);
  }

  /**
   * @throws AlreadyThere when the name is taken
   */
  public User add(String name, String password, Set<String> roles, String who) {
    return add(name, new Change(password, roles, true, false), who);
  }

  /**
   * The same, from what is to be set: password and roles must be among it.
   *
   * @throws AlreadyThere when the name is taken
   */
  public User add(String name, Change first, String who) {
    String password = first.password() == null ? "" : first.password();
    Set<String> roles = first.roles() == null ? Set.of() : first.roles();
    String hash = passwords.hash(password);
    return change(
        manager -> {
          UserEntity row = new UserEntity(name, hash, roles);
          row.digest(digest(row.values(), first));
          manager.persist(row);
          flush(manager);
          audit(manager, who, "user.add", row.values(), "roles " + roles);
          return row.values();
        });
  }

  /**
   * Empty when there is no such user.
   *
   * @throws AlreadyThere when no active admin would be left
   */
  public Optional<User> update(int id, Change change, String who) {
    String hash = change.password() == null ? null : passwords.hash(change.password());
    return change(
        manager -> {
          UserEntity row = locked(manager, id);
          if (row == null) {
            return Optional.empty();
          }
          User before = row.values();
          apply(row, change, hash);
          row.digest(digest(row.values(), change));
          flush(manager);
          keepAnAdmin(manager, before);
          audit(manager, who, "user.update", row.values(), change.toString());
          return Optional.of(row.values());
        });
  }

  /**
   * False when there is no such user.
   *
   * @throws AlreadyThere when no active admin would be left
   */
  public boolean remove(int id, String who) {
    return change(
        manager -> {
          UserEntity row = locked(manager, id);
          if (row == null) {
            return false;
          }
          manager.remove(row);
          flush(manager);
          keepAnAdmin(manager, row.values());
          audit(manager, who, "user.remove", row.values(), null);
          return true;
        });
  }

  private <T> T change(Function<EntityManager, T> work) {
    try {
      return entities.transact(work);
    } finally {
      byName.drop();
    }
  }

  private static void apply(UserEntity row, Change change, @Nullable String hash) {
    if (hash != null) {
      row.passwordHash(hash);
    }
    if (change.roles() != null) {
      row.roles(change.roles());
    }
    if (change.active() != null) {
      row.active(change.active());
    }
  }

  /** A digest is as good as the password, so only one that is nothing but a switch may have it. */
  private static @Nullable StoredDigest digest(User user, Change change) {
    boolean wanted = change.digest() == null ? user.hasDigest() : change.digest();
    if (!wanted || !user.roles().equals(Set.of(Role.SWITCH))) {
      return null;
    }
    return change.password() == null
        ? user.digest()
        : StoredDigest.of(user.name(), change.password());
  }

  /** Locks all users, in one order, so that two admins cannot remove each other at once. */
  private static @Nullable UserEntity locked(EntityManager manager, int id) {
    manager
        .createQuery("SELECT u FROM UserEntity u ORDER BY u.id", UserEntity.class)
        .setLockMode(LockModeType.PESSIMISTIC_WRITE)
        .getResultList();
    return manager.find(UserEntity.class, id);
  }

  private static void keepAnAdmin(EntityManager manager, User changed) {
    if (changed.isActiveAdmin() && load(manager).values().stream().noneMatch(User::isActiveAdmin)) {
      throw new AlreadyThere("This is the last active admin; make another one first.");
    }
  }

  private static void flush(EntityManager manager) {
    try {
      manager.flush();
    } catch (PersistenceException e) {
      throw AlreadyThere.where(e, "There is a user of this name already.");
    }
  }

  private static Map<String, User> load(EntityManager manager) {
    Map<String, User> users = new TreeMap<>();
    for (UserEntity row :
        manager.createQuery("SELECT u FROM UserEntity u", UserEntity.class).getResultList()) {
      User user = row.values();
      users.put(user.name(), user);
    }
    return users;
  }

  private static void audit(
      EntityManager manager, String who, String action, User user, @Nullable String detail) {
    Audit.record(manager, new Audit.Entry(who, action, user.toString(), null, detail));
  }
}
