package org.waybill.collect;

import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The raw bytes of a rejected document, as the sender labelled them.
 *
 * @param urlUuid the {@code uuid=} of its address, where it had one
 * @param sender name of the user or key that sent it, who it stays from whoever resubmits it
 * @param organizations those that its sender may send for; empty means all
 */
@SuppressWarnings("ArrayRecordComponent") // never compared; copying 10 MB would be waste
public record RejectedBody(
    @Nullable String contentType,
    String source,
    byte[] bytes,
    @Nullable String urlUuid,
    String sender,
    Set<Integer> organizations) {

  public RejectedBody {
    organizations = Set.copyOf(organizations);
  }
}
