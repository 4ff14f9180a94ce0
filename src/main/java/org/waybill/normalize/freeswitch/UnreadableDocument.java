package org.waybill.normalize.freeswitch;

import org.waybill.document.Violation;

/** The document cannot be read on, nor repaired; says where and why. */
final class UnreadableDocument extends Exception {
  private static final long serialVersionUID = 1L;

  private final transient Violation violation;

  UnreadableDocument(Violation violation) {
    super(violation.toString(), null, false, false);
    this.violation = violation;
  }

  /** It is no document at all. */
  UnreadableDocument(String message) {
    this(new Violation(1, 1, message));
  }

  Violation violation() {
    return violation;
  }
}
