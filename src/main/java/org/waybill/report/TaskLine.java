package org.waybill.report;

import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.waybill.cdr.TableSuffix;
import org.waybill.task.Priority;
import org.waybill.task.TaskState;

/**
 * A task in a list.
 *
 * @param nextAttempt earliest due time of its deliveries that wait
 * @param nodeIndex node that worked on it last
 * @param cdr the CDR that declared it
 */
public record TaskLine(
    long id,
    String type,
    TaskState state,
    Priority priority,
    Instant createTime,
    @Nullable Instant nextAttempt,
    int retry,
    @Nullable Integer nodeIndex,
    int rmOrgId,
    TableSuffix tableSuffix,
    long cdrId,
    UUID cdr,
    int waiting,
    int failed) {}
