package org.waybill.collect;

import org.jspecify.annotations.Nullable;

/**
 * An operator's document in the place of a rejected one, whose sender, source and address it keeps.
 */
@SuppressWarnings("ArrayRecordComponent") // never compared; copying 10 MB would be waste
public record Replacement(@Nullable String contentType, byte[] bytes) {}
