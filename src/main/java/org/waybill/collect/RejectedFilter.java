package org.waybill.collect;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** Which rejected documents are asked for; null means any. Received from (included) to (not). */
public record RejectedFilter(
    @Nullable RejectionReason reason,
    @Nullable String source,
    @Nullable Integer rmOrgId,
    @Nullable RejectedState state,
    @Nullable Instant from,
    @Nullable Instant to) {}
