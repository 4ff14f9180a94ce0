package org.waybill.cdr;

import org.waybill.platform.WaybillException;

/** A stored document is not what was accepted: it was changed or damaged in the database. */
public class UnreadableStoredXml extends WaybillException {
  private static final long serialVersionUID = 1L;

  UnreadableStoredXml(String what, Exception cause) {
    super("WB-CDR-05 The stored text of " + what + " cannot be read: " + cause.getMessage(), cause);
  }
}
