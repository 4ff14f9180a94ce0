package org.waybill.operation;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What an operator ordered, as its kind needs to know it.
 *
 * @param filter JSON in the kind's own words
 * @param upTo of the {@link Selection} at the start
 * @param startedAt by the database's clock
 * @param by who ordered it
 * @param reason in the operator's own words
 */
public record Order(
    long operation,
    String filter,
    @Nullable String upTo,
    Instant startedAt,
    String by,
    @Nullable String reason) {}
