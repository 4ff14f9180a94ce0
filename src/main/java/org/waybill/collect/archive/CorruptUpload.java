package org.waybill.collect.archive;

import java.io.IOException;

/** An upload is not, up to its end, what it began as. The message has no full stop. */
public final class CorruptUpload extends IOException {
  private static final long serialVersionUID = 1L;

  CorruptUpload(String message) {
    super(message);
  }

  CorruptUpload(String message, Throwable cause) {
    super(message, cause);
  }
}
