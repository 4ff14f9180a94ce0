package org.waybill.task;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A stretch of one lane to be read from its head.
 *
 * @param fromTask where the stretch begins among those due at {@code from}; null for the first one
 * @param limit how many rows at the most
 */
public record LaneRange(
    int lane, Instant from, @Nullable Long fromTask, Instant until, int limit) {}
