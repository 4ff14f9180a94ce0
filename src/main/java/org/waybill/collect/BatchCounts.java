package org.waybill.collect;

import jakarta.json.Json;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;

/**
 * How many members of a batch came to what. Each one received is stored, a duplicate or rejected.
 *
 * @param repaired those of the stored ones that had to be mended to be read
 */
record BatchCounts(long received, long stored, long duplicates, long rejected, long repaired) {
  static final BatchCounts NONE = new BatchCounts(0, 0, 0, 0, 0);

  BatchCounts plus(Answer answer) {
    if (!(answer instanceof Answer.Accepted accepted)) {
      return plusRejected();
    }
    if (accepted.verdict().duplicate()) {
      return new BatchCounts(received + 1, stored, duplicates + 1, rejected, repaired);
    }
    int mended = accepted.verdict().repairs() > 0 ? 1 : 0;
    return new BatchCounts(received + 1, stored + 1, duplicates, rejected, repaired + mended);
  }

  BatchCounts plusRejected() {
    return new BatchCounts(received + 1, stored, duplicates, rejected + 1, repaired);
  }

  /**
   * @param raw whether the documents are raw ones, since ours are never mended
   */
  JsonObject json(boolean raw) {
    JsonObjectBuilder json =
        Json.createObjectBuilder()
            .add("received", received)
            .add("stored", stored)
            .add("duplicates", duplicates)
            .add("rejected", rejected);
    return (raw ? json.add("repaired", repaired) : json).build();
  }
}
