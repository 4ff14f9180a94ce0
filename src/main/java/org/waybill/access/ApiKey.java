package org.waybill.access;

import java.util.Set;

/**
 * What is known of a key of a machine; the key itself is shown once and kept nowhere.
 *
 * @param roles as given, without those that they include
 * @param organizations the only ones that it may send for; empty means all
 */
public record ApiKey(int id, String name, Set<String> roles, Set<Integer> organizations) {
  public ApiKey {
    roles = Set.copyOf(roles);
    organizations = Set.copyOf(organizations);
  }

  Caller caller() {
    return new Caller("key:" + name, roles, organizations);
  }
}
