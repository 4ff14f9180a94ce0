package org.waybill.normalize;

import org.jspecify.annotations.Nullable;

/**
 * What a source sent, before anything is known of it.
 *
 * @param body as it came, only unpacked from gzip
 * @param charset that the transport named; a hint, since some senders name a wrong one
 * @param urlUuid the {@code uuid=} of its address, as it stands there
 * @param contentType as the transport named it; kept with the document
 */
@SuppressWarnings("ArrayRecordComponent") // never compared as a whole
public record RawDocument(
    byte[] body, @Nullable String charset, @Nullable String urlUuid, @Nullable String contentType) {

  /** Of a kind for which the content type says nothing. */
  public RawDocument(byte[] body, @Nullable String charset, @Nullable String urlUuid) {
    this(body, charset, urlUuid, null);
  }
}
