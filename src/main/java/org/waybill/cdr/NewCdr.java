package org.waybill.cdr;

import java.time.Instant;

/**
 * A CDR about to be stored.
 *
 * @param xml the document as it is kept
 * @param contentHash SHA-256 of its values, which tells a repeat from a conflict
 * @param source the kind of sender it came from
 * @param receivedAt when its last byte arrived
 */
public record NewCdr(
    Cdr cdr, String xml, ContentHash contentHash, String source, Instant receivedAt) {}
