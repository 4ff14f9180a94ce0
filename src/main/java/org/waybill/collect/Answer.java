package org.waybill.collect;

/** What a sender is told about a document. */
public sealed interface Answer {

  /** It is a CDR, durably. */
  record Accepted(Verdict.Accepted verdict) implements Answer {}

  /** It cannot become a CDR and is kept, durably, as {@code rejectedId}. */
  record Rejected(long rejectedId, Rejection rejection) implements Answer {}

  /** Its sender may not send for this organization; nothing is kept. */
  record Forbidden(int rmOrgId) implements Answer {}

  /** Nothing durable in time: the sender must repeat it. */
  record Later() implements Answer {}
}
