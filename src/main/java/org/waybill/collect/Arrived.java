package org.waybill.collect;

import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.waybill.access.Caller;

/**
 * A document as it came through a door.
 *
 * @param body its bytes, decoded from gzip
 * @param contentType as the sender named it
 * @param charset of the content type, which wins over a native document's own word
 * @param source the kind of sender
 * @param caller who sent it
 * @param at when its last byte arrived
 * @param urlUuid the {@code uuid=} of its address, where it has one
 */
@SuppressWarnings("ArrayRecordComponent") // never compared; copying 10 MB would be waste
public record Arrived(
    byte[] body,
    @Nullable String contentType,
    @Nullable String charset,
    String source,
    Caller caller,
    Instant at,
    @Nullable String urlUuid) {

  /** From a door whose address names no document. */
  public Arrived(
      byte[] body,
      @Nullable String contentType,
      @Nullable String charset,
      String source,
      Caller caller,
      Instant at) {
    this(body, contentType, charset, source, caller, at, null);
  }

  /** Whether it is in the cdr-normalized schema, so that no dialect has to read it. */
  boolean isNative() {
    return source.equals(Intake.SOURCE);
  }
}
