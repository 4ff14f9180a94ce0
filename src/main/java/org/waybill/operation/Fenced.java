package org.waybill.operation;

import org.waybill.platform.WaybillException;

/** Another node works on the operation now; nothing of the transaction may stay. */
final class Fenced extends WaybillException {
  private static final long serialVersionUID = 1L;

  Fenced(Lease lease) {
    super("Operation " + lease.operation() + " is another node's.");
  }
}
