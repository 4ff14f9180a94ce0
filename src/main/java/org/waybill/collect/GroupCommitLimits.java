package org.waybill.collect;

/**
 * How much {@link GroupCommit} takes at once and lets wait.
 *
 * @param writers threads that commit; more than one overlaps one group's flush with the next one's
 *     statements
 * @param groupCount CDRs in one transaction at the most
 * @param groupBytes bytes of documents in one transaction, unless one alone has more
 * @param queueCount CDRs that may wait
 * @param queueBytes bytes of documents that may wait: what a stalled database may cost in memory
 */
record GroupCommitLimits(
    int writers, int groupCount, long groupBytes, int queueCount, long queueBytes) {
  static final GroupCommitLimits DEFAULT =
      new GroupCommitLimits(1, 500, 8L << 20, 4_000, 64L << 20);
}
