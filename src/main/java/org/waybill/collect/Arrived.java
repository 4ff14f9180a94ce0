package org.waybill.collect;

import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.waybill.access.Caller;

/**
 * A document as it came through a door.
 *
 * @param body its bytes, decoded from gzip
 * @param contentType as the sender named it
 * @param charset of the content type, which wins over the document's own word
 * @param source the kind of sender
 * @param caller who sent it
 * @param at when its last byte arrived
 */
@SuppressWarnings("ArrayRecordComponent") // never compared; copying 10 MB would be waste
public record Arrived(
    byte[] body,
    @Nullable String contentType,
    @Nullable String charset,
    String source,
    Caller caller,
    Instant at) {}
