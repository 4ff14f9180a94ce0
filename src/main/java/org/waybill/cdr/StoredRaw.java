package org.waybill.cdr;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * The raw document of a stored CDR, without its bytes.
 *
 * @param version of the CDR: counts up each time it is made anew from these bytes
 * @param format its dialect
 * @param size in bytes, as it came
 * @param repairs what was mended in it, a JSON array of {@code {kind,where,before,after}}
 */
public record StoredRaw(
    int version,
    String format,
    int mapping,
    @Nullable String contentType,
    @Nullable String urlUuid,
    long size,
    String repairs,
    String sender,
    Instant receivedAt) {}
