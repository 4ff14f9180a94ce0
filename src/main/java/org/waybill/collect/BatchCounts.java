package org.waybill.collect;

/** How many members of a batch came to what. Each one received is in one of the others. */
record BatchCounts(long received, long stored, long duplicates, long rejected) {
  static final BatchCounts NONE = new BatchCounts(0, 0, 0, 0);

  BatchCounts plusStored() {
    return new BatchCounts(received + 1, stored + 1, duplicates, rejected);
  }

  BatchCounts plusDuplicate() {
    return new BatchCounts(received + 1, stored, duplicates + 1, rejected);
  }

  BatchCounts plusRejected() {
    return new BatchCounts(received + 1, stored, duplicates, rejected + 1);
  }
}
