package org.waybill.collect.files;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What one look into the directory found.
 *
 * @param ready files that are complete, no more than are taken in one go
 * @param waiting how many files there are, complete or not
 * @param oldest when the oldest of them was last written; null when there is none
 */
record Look(List<ParkedFile> ready, int waiting, @Nullable Instant oldest) {
  static final Look NOTHING = new Look(List.of(), 0, null);

  Look {
    ready = List.copyOf(ready);
  }
}
