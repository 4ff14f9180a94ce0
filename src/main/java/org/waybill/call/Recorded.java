package org.waybill.call;

import java.util.UUID;
import org.waybill.cdr.TableSuffix;
import org.waybill.collect.RejectionReason;

/** What became of a call that was handed over as a CDR. */
public sealed interface Recorded {

  /**
   * Its CDR says what the call says, durably.
   *
   * @param day under which it is kept, and with which it leaves
   */
  record Kept(UUID uuid, TableSuffix day, How how) implements Recorded {}

  /** How it came to that. */
  enum How {
    NEW,
    AMENDED,
    /** It said so already. */
    SAME
  }

  /** It cannot become a CDR and is kept as a rejected document, durably. */
  record Rejected(long rejectedId, RejectionReason reason, String why) implements Recorded {}

  /** Its fence did not hold: more is known by now. */
  record Superseded() implements Recorded {}

  /** Nothing durable: hand it over again. */
  record Later() implements Recorded {}
}
