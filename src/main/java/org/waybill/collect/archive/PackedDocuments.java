package org.waybill.collect.archive;

import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** The documents of an upload, one after the other. */
public interface PackedDocuments {
  /**
   * The next one; null behind the last.
   *
   * @throws CorruptUpload if it cannot be taken apart any further
   * @throws IOException if it cannot be read any further
   */
  @Nullable PackedDocument next() throws IOException;
}
