package org.waybill.report;

import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.waybill.task.Priority;
import org.waybill.task.TaskState;

/** Which tasks are asked for; null means any. */
public record TaskFilter(
    @Nullable TaskState state,
    @Nullable String type,
    @Nullable Integer rmOrgId,
    @Nullable Priority priority,
    @Nullable UUID cdr) {}
