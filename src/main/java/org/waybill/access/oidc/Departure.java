package org.waybill.access.oidc;

import java.net.URI;

/** What came of wanting to sign in at the provider. */
public sealed interface Departure {
  /**
   * The browser goes there.
   *
   * @param cookie what it keeps until it is back
   */
  record Leaves(URI to, String cookie) implements Departure {}

  /** The provider cannot be reached. */
  record Away() implements Departure {}
}
