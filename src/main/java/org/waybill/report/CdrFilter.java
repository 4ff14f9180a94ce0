package org.waybill.report;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Which CDRs are asked for; null means any. Those that began from (included) to (not).
 *
 * @param callingNumber the number, or how it begins with a trailing {@code *}
 * @param calledNumber likewise
 */
public record CdrFilter(
    @Nullable Integer rmOrgId,
    @Nullable Instant from,
    @Nullable Instant to,
    @Nullable String callingNumber,
    @Nullable String calledNumber,
    @Nullable String direction,
    @Nullable String hangupCause,
    @Nullable Integer minBillsec) {}
