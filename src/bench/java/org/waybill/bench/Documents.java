package org.waybill.bench;

import java.util.UUID;

/** Documents of one kind, all of the same length, each with a uuid of its own. */
interface Documents {
  /** Whose they are. */
  int ORGANIZATION = 1001;

  /** Where they are posted to. */
  String path();

  String contentType();

  /** What is answered once one is stored for good. */
  int stored();

  byte[] body(UUID uuid);

  default int bytes() {
    return body(new UUID(0, 0)).length;
  }
}
