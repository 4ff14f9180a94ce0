package org.waybill.cdr;

import org.jspecify.annotations.Nullable;

/**
 * The raw document of a CDR about to be stored. Its dialect is the CDR's source.
 *
 * @param packed its bytes, packed by the sender's thread and not by the one that commits
 * @param contentType as the sender said
 * @param urlUuid the {@code uuid=} of its address, as it stood there
 * @param mapping version of the mapping that made the CDR
 * @param repairs what was mended in it, a JSON array
 * @param sender user or key that sent it
 */
public record NewRaw(
    PackedBytes packed,
    @Nullable String contentType,
    @Nullable String urlUuid,
    int mapping,
    String repairs,
    String sender) {}
