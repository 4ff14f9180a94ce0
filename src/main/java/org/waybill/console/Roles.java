package org.waybill.console;

import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.waybill.access.Role;

/** The field {@code roles} of users and keys. */
final class Roles {
  private Roles() {}

  static @Nullable Set<String> read(JsonBody body, boolean required) {
    Set<String> roles = body.texts("roles", 16);
    boolean missing = roles == null ? required : roles.isEmpty();
    if (missing || (roles != null && !Role.ALL.containsAll(roles))) {
      body.wrong("roles", "It must hold some of " + new TreeSet<>(Role.ALL) + ".");
    }
    return roles;
  }
}
