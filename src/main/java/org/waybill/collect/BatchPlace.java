package org.waybill.collect;

import jakarta.json.stream.JsonGenerator;
import org.jspecify.annotations.Nullable;
import org.waybill.document.Member;

/**
 * Where a document stood in a batch.
 *
 * @param position from 1
 * @param line of the stream on which it begins, from 1; 0 for a file of an archive
 * @param name of the file in an archive
 */
record BatchPlace(long position, long line, @Nullable String name) {
  static BatchPlace of(Member.Place place) {
    return new BatchPlace(place.number(), place.line(), null);
  }

  JsonGenerator writeTo(JsonGenerator json) {
    json.write("position", position);
    if (line > 0) {
      json.write("line", line);
    }
    return name == null ? json : json.write("name", name);
  }
}
