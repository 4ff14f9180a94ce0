package org.waybill.access.oidc;

import org.waybill.access.Identity;

/** What came of a browser's coming back from the provider. */
public sealed interface Arrival {
  /**
   * It is proven who this is.
   *
   * @param to the page that was wanted
   */
  record Known(Identity identity, String to) implements Arrival {}

  /** The same, but none of their roles is one here. */
  record NoRole(String name) implements Arrival {}

  /** This browser was not sent to the provider by us, or long ago. */
  record Stray() implements Arrival {}

  /** The provider let nobody in, or what it gave is no proof; the log says why. */
  record Refused() implements Arrival {}

  /** The provider cannot be reached. */
  record Away() implements Arrival {}
}
