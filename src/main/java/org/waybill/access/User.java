package org.waybill.access;

import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A person or machine that signs in with a password.
 *
 * @param roles as given, without those that they include
 * @param passwordHash as the platform's Pbkdf2PasswordHash writes it; never shown
 * @param digest of one that opted in to HTTP Digest
 */
public record User(
    int id,
    String name,
    Set<String> roles,
    boolean active,
    String passwordHash,
    @Nullable StoredDigest digest) {
  public User {
    roles = Set.copyOf(roles);
  }

  Caller caller() {
    return new Caller(name, roles, Set.of());
  }

  /** Whether HTTP Digest lets it in. */
  public boolean hasDigest() {
    return digest != null;
  }

  boolean isActiveAdmin() {
    return active && roles.contains(Role.ADMIN);
  }

  @Override
  public String toString() {
    return "user " + name;
  }
}
