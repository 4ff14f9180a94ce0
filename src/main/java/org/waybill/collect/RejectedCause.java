package org.waybill.collect;

import java.time.Instant;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * Rejected documents that have the same fault.
 *
 * @param cause what {@code cause=} takes
 * @param sampleId the newest of them
 * @param sample a violation of that one, with its values
 * @param sources kinds of senders
 * @param organizations where they could be read
 */
public record RejectedCause(
    String cause,
    RejectionReason reason,
    long count,
    Instant first,
    Instant last,
    long sampleId,
    String sample,
    SortedSet<String> sources,
    SortedSet<Integer> organizations) {

  /** Both, of the same cause; the sample is the newer one's. */
  RejectedCause and(RejectedCause other) {
    RejectedCause newer = sampleId > other.sampleId ? this : other;
    SortedSet<String> allSources = new TreeSet<>(sources);
    allSources.addAll(other.sources);
    SortedSet<Integer> allOrganizations = new TreeSet<>(organizations);
    allOrganizations.addAll(other.organizations);
    return new RejectedCause(
        cause,
        reason,
        count + other.count,
        first.isBefore(other.first) ? first : other.first,
        last.isAfter(other.last) ? last : other.last,
        newer.sampleId,
        newer.sample,
        allSources,
        allOrganizations);
  }

  RejectedCause sample(String sentence) {
    return new RejectedCause(
        cause, reason, count, first, last, sampleId, sentence, sources, organizations);
  }
}
