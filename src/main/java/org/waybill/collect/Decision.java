package org.waybill.collect;

import java.util.UUID;

/** What came of an operator's act on a rejected document. */
public sealed interface Decision {

  /**
   * It is a CDR now; the document keeps its history.
   *
   * @param cdr the CDR that it became, or that was there already
   */
  record Accepted(RejectedDocument document, UUID cdr) implements Decision {}

  /** It is off the list for good. */
  record Discarded(RejectedDocument document) implements Decision {}

  /** It still cannot become a CDR; its violations are those of this try. */
  record StillRejected(RejectedDocument document) implements Decision {}

  /** It was accepted or discarded before; nothing is changed. */
  record AlreadyDecided(RejectedDocument document) implements Decision {}

  /** There is no such document. */
  record NotFound() implements Decision {}

  /** It could not be stored in time; try again. */
  record Later() implements Decision {}
}
