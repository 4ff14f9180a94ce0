package org.waybill.report;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A task with all that was planned and done for it.
 *
 * @param error what went wrong so far, where anything did
 */
public record TaskTrace(TaskLine task, List<DeliveryTrace> deliveries, @Nullable Failures error) {
  /** A row of {@code tasks_error}. */
  public record Failures(String description, Instant first, Instant last) {}
}
