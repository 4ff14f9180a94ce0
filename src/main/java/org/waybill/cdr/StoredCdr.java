package org.waybill.cdr;

import java.time.Instant;
import java.util.UUID;

/**
 * A CDR as it is kept.
 *
 * @param xml the whole document
 */
public record StoredCdr(
    long id,
    UUID uuid,
    TableSuffix tableSuffix,
    int rmOrgId,
    String source,
    Instant receivedAt,
    long startEpoch,
    String xml) {}
