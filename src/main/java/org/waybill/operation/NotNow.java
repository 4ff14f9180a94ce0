package org.waybill.operation;

import org.waybill.platform.WaybillException;

/** A stretch of work could not be done just now, and not because of its items. */
public class NotNow extends WaybillException {
  private static final long serialVersionUID = 1L;

  /**
   * @param message a sentence for the operator, should it not get better
   */
  public NotNow(String message) {
    super(message);
  }
}
