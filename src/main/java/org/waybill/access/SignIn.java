package org.waybill.access;

import java.time.Duration;

/** What came of credentials. */
sealed interface SignIn {
  /** They are somebody's. */
  record Accepted(Caller caller) implements SignIn {}

  /** They are nobody's, or not any more. */
  record Refused() implements SignIn {}

  /** They are right, but for a nonce that is used up or too old: the client may ask again. */
  record Stale() implements SignIn {}

  /** Too many wrong ones came of late for these to be looked at. */
  record TooMany(Duration retryAfter) implements SignIn {}
}
