package org.waybill.task;

import java.time.Instant;
import org.waybill.cdr.TableSuffix;

/**
 * A task about to be stored, and whose it is.
 *
 * @param cdrId the CDR that declared it, just stored
 * @param tableSuffix that CDR's day, with which the task leaves
 * @param createTime when it is due first
 * @param source of that CDR
 */
public record NewTaskRow(
    long cdrId,
    TableSuffix tableSuffix,
    int rmOrgId,
    NewTask task,
    Instant createTime,
    String source) {}
