package org.waybill.cdr;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A CDR about to be stored.
 *
 * @param xml the document as it is kept
 * @param contentHash SHA-256 of its values, which tells a repeat from a conflict
 * @param source the kind of sender it came from
 * @param receivedAt when its last byte arrived
 * @param raw what it was made of; null when that is {@code xml} itself
 */
public record NewCdr(
    Cdr cdr,
    KeptXml xml,
    ContentHash contentHash,
    String source,
    Instant receivedAt,
    @Nullable NewRaw raw) {

  /** A document that came in the cdr-normalized schema. */
  public NewCdr(Cdr cdr, String xml, ContentHash contentHash, String source, Instant receivedAt) {
    this(cdr, KeptXml.of(xml), contentHash, source, receivedAt, null);
  }
}
