package org.waybill.collect.archive;

import org.jspecify.annotations.Nullable;

/**
 * A document of an upload of many.
 *
 * @param number from 1
 * @param line of the upload on which it begins, from 1; 0 for a file of an archive
 * @param name of the file with its directories; null where documents just follow each other
 * @param body its bytes, or null when it has more than a document may have
 */
@SuppressWarnings("ArrayRecordComponent") // never compared; copying would be waste
public record PackedDocument(
    long number, long line, @Nullable String name, byte @Nullable [] body) {}
