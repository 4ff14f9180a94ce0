package org.waybill.task;

import org.waybill.cdr.TableSuffix;

/**
 * A stored task as a changed mapping makes it.
 *
 * @param day its CDR's
 * @param task what is to be stored in the place of what was
 * @param resend whether what it sends is changed by that
 */
public record AmendedTask(
    long id, long cdrId, TableSuffix day, int rmOrgId, NewTask task, boolean resend) {
  Delivery.Origin origin() {
    return new Delivery.Origin(cdrId, day, rmOrgId);
  }
}
