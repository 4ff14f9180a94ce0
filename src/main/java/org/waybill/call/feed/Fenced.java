package org.waybill.call.feed;

import org.waybill.platform.WaybillException;

/** Another node polls now; nothing of the transaction may stay. */
final class Fenced extends WaybillException {
  private static final long serialVersionUID = 1L;

  Fenced() {
    super("Another node polls the feeds.");
  }
}
