package org.waybill.normalize;

import org.jspecify.annotations.Nullable;

/**
 * What a source sent, before anything is known of it.
 *
 * @param body as it came, only unpacked from gzip
 * @param charset that the transport named; a hint, since some senders name a wrong one
 * @param urlUuid the {@code uuid=} of its address, as it stands there
 */
@SuppressWarnings("ArrayRecordComponent") // never compared as a whole
public record RawDocument(byte[] body, @Nullable String charset, @Nullable String urlUuid) {}
