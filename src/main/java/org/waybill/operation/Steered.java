package org.waybill.operation;

/** What came of an operator's wish about an operation. */
public sealed interface Steered {
  /** It is done. */
  record Changed(Operation operation) implements Steered {}

  /** The operation's state forbids it. */
  record Forbidden(OperationState state) implements Steered {}

  /** There is no such operation. */
  record Unknown() implements Steered {}
}
