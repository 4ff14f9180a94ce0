package org.waybill.access;

import java.util.Set;

/** By what a session was opened. */
sealed interface Opener {
  /** By the password of a user of ours, who may do what the user may do by then. */
  record Password(int user) implements Opener {}

  /**
   * By the word of an OpenID provider.
   *
   * @param caller the name under which the audit log knows them
   * @param roles as they were when the session began
   */
  record Provider(String caller, Set<String> roles, String idToken) implements Opener {
    Provider(Identity identity) {
      this(identity.callerName(), identity.roles(), identity.idToken());
    }
  }
}
