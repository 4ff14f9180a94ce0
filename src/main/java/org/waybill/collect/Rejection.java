package org.waybill.collect;

import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.waybill.document.Violation;

/**
 * Why a document is rejected, all of it.
 *
 * @param violations one or more
 * @param uuid where it could be read
 * @param rmOrgId where it could be read
 */
public record Rejection(
    RejectionReason reason,
    List<Violation> violations,
    @Nullable UUID uuid,
    @Nullable Integer rmOrgId) {
  public Rejection {
    violations = List.copyOf(violations);
  }

  /** Whether nothing says whose it is, which may be all that is wrong with it. */
  boolean isNobodys() {
    return reason == RejectionReason.UNKNOWN_ORGANIZATION && rmOrgId == null;
  }

  /** The same for those with the same fault. */
  String cause() {
    return RejectionCause.of(reason, violations);
  }
}
