package org.waybill.call.feed;

import java.util.Locale;

/** How far a call has got; the names stand in {@code state} in small letters. */
enum CallState {
  /** Its item of {@code /calls} has not come. */
  WAITING,
  OPEN,
  STORED,
  /** Stored, although no end of it came in time. */
  UNENDED,
  REJECTED,
  /** Rejected because its organization is not known yet. */
  UNOWNED,
  /** Its pieces have left with the day of its CDR; they are not taken in again. */
  LEFT;

  String word() {
    return name().toLowerCase(Locale.ROOT);
  }
}
