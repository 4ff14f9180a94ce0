package org.waybill.access;

import java.security.Principal;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Who sends a request: the caller principal of every authenticated one.
 *
 * @param name the user's, or {@code key:} and the key's
 * @param roles those given and those they include
 * @param organizations the only ones it may send for; empty means all
 */
public record Caller(String name, Set<String> roles, Set<Integer> organizations)
    implements Principal {
  public Caller {
    roles = Set.copyOf(Role.withIncluded(roles));
    organizations = Set.copyOf(organizations);
  }

  @Override
  public String getName() {
    return name;
  }

  /**
   * The caller of an authenticated request, as {@code getUserPrincipal()} gives it.
   *
   * @throws IllegalStateException when nobody authenticated it, which our mechanism rules out
   */
  public static Caller of(@Nullable Principal principal) {
    if (principal instanceof Caller caller) {
      return caller;
    }
    throw new IllegalStateException("The principal of this request is not ours: " + principal);
  }

  public boolean hasRole(String role) {
    return roles.contains(role);
  }

  /** Whether it may send documents of this organization. */
  public boolean maySendFor(int rmOrgId) {
    return hasRole(Role.SWITCH) && (organizations.isEmpty() || organizations.contains(rmOrgId));
  }

  @Override
  public String toString() {
    return name;
  }
}
