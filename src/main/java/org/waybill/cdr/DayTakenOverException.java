package org.waybill.cdr;

import org.waybill.platform.WaybillException;

/** This node was too slow in taking a day away, and another goes on with it. */
class DayTakenOverException extends WaybillException {
  private static final long serialVersionUID = 1L;

  DayTakenOverException(TableSuffix day) {
    super("The day " + day + " is being taken away by another node.");
  }
}
