package org.waybill.access;

import java.util.Collection;
import java.util.Set;
import java.util.TreeSet;

/**
 * What a caller may do. The names stand in annotations, in the database and in the contract; a role
 * is nowhere else but here.
 */
public final class Role {
  /** May send documents, for the organizations named on its key, or for all. */
  public static final String SWITCH = "switch";

  /** May query. */
  public static final String READER = "reader";

  /** May also re-run, resubmit, cancel, pause. */
  public static final String OPERATOR = "operator";

  /** May do everything. */
  public static final String ADMIN = "admin";

  public static final Set<String> ALL = Set.of(SWITCH, READER, OPERATOR, ADMIN);

  private Role() {}

  /** The roles given and those that they include. */
  static Set<String> withIncluded(Collection<String> given) {
    Set<String> roles = new TreeSet<>(given);
    if (roles.contains(ADMIN)) {
      roles.addAll(ALL);
    }
    if (roles.contains(OPERATOR)) {
      roles.add(READER);
    }
    return roles;
  }
}
