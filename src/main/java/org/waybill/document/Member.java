package org.waybill.document;

import org.jspecify.annotations.Nullable;

/** One {@code cdr} element of a stream of many. */
public sealed interface Member {
  Place place();

  /**
   * Where a member begins.
   *
   * @param number of the member in the stream, from 1
   * @param line of the stream, from 1
   * @param offset in bytes from 0; of the stream in UTF-8, where it is in UTF-16 or the like
   */
  record Place(long number, long line, long offset) {}

  /**
   * A document to read by itself. It may well not be well-formed.
   *
   * @param charset what to give to {@link CdrReader#read} with it
   */
  @SuppressWarnings("ArrayRecordComponent") // never compared as a whole
  record Document(Place place, byte[] body, @Nullable String charset) implements Member {}

  /** A document beyond the limit on documents; it is passed over. */
  record TooLarge(Place place) implements Member {}
}
