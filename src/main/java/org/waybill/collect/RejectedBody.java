package org.waybill.collect;

import org.jspecify.annotations.Nullable;

/** The raw bytes of a rejected document, as the sender labelled them. */
@SuppressWarnings("ArrayRecordComponent") // never compared; copying 10 MB would be waste
public record RejectedBody(@Nullable String contentType, String source, byte[] bytes) {}
