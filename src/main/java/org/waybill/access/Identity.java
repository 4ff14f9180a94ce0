package org.waybill.access;

import java.util.Set;

/**
 * Who somebody is, as an OpenID provider says.
 *
 * @param name as people know them; a user of ours may have the same, so callers have {@link
 *     #callerName}
 * @param subject the provider's own name, which never changes its owner
 * @param roles of ours
 * @param idToken the proof, which the provider wants back when they sign out
 */
public record Identity(String name, String subject, Set<String> roles, String idToken) {
  private static final String PREFIX = "oidc:";

  /** Of what the audit log has room for. */
  private static final int LONGEST_NAME = 100;

  public Identity {
    name = name.replaceAll("\\p{Cntrl}", " ").strip();
    name = name.length() > LONGEST_NAME ? name.substring(0, LONGEST_NAME) : name;
    roles = Set.copyOf(roles);
  }

  String callerName() {
    return PREFIX + name;
  }

  @Override
  public String toString() {
    return callerName();
  }
}
