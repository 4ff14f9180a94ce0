package org.waybill.report;

import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** A CDR in a list: what is kept of it in columns, without its document. */
public record CdrLine(
    long id,
    UUID uuid,
    long startEpoch,
    String tableSuffix,
    int rmOrgId,
    String source,
    Instant receivedAt,
    @Nullable String callingNumber,
    @Nullable String calledNumber,
    @Nullable String direction,
    @Nullable String hangupCause,
    @Nullable Integer billsec) {

  /** Where the page after it begins. */
  public CdrCursor cursor() {
    return new CdrCursor(startEpoch, id);
  }
}
