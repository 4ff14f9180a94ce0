package org.waybill.dispatch;

import org.waybill.cdr.Cdr;
import org.waybill.task.NewTask;

/**
 * What a delivery carries.
 *
 * @param characters how long its document is
 */
record Cargo(Cdr cdr, NewTask task, int characters) {}
