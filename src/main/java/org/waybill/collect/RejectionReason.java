package org.waybill.collect;

/** Why a document could not become a CDR. The names stand in {@code rejected_cdrs.reason}. */
public enum RejectionReason {
  /** Not well-formed XML, or with a document type declaration. */
  NOT_WELL_FORMED,
  /** Breaks the schema or a rule. */
  INVALID,
  /** Its rmOrgID is no known, active organization. */
  UNKNOWN_ORGANIZATION,
  /** Contradicts a stored CDR of the same uuid. */
  CONFLICT,
  /** A raw document or a member of a batch whose sender may not send for its organization. */
  FORBIDDEN_ORGANIZATION,
  /** The database refuses it. */
  UNSTORABLE
}
