package org.waybill.cdr;

/**
 * A stored CDR with the raw document that it was made of.
 *
 * @param body the document's bytes as they came
 */
@SuppressWarnings("ArrayRecordComponent") // never compared; copying 10 MB would be waste
public record RawCdr(StoredCdr cdr, StoredRaw raw, byte[] body) {}
