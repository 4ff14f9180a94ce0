package org.waybill.document;

/** The document cannot be read on as XML; says where and why. */
public final class UnreadableXml extends Exception {
  private static final long serialVersionUID = 1L;

  private final transient Violation violation;

  UnreadableXml(Violation violation) {
    super(violation.toString(), null, false, false);
    this.violation = violation;
  }

  UnreadableXml(int line, int column, String message) {
    this(new Violation(line, column, message));
  }

  public Violation violation() {
    return violation;
  }
}
