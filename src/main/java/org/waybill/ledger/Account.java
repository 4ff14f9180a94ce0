package org.waybill.ledger;

import java.util.Locale;

/**
 * What is counted, by day of receipt, source and organization. {@code RECEIVED = STORED + DUPLICATE
 * + REJECTED + REPEATED}, {@code STORED = FOUND} plus what is not folded yet, and {@code TASK =
 * PENDING + DONE + FAILED + CANCELLED}.
 */
public enum Account {
  /** Documents that were given an answer which says that they are here. */
  RECEIVED,
  /** CDRs, as the commit that inserted them counted; their seconds follow amendments. */
  STORED,
  /** CDRs, as the folder found them in the table later. */
  FOUND,
  /** Documents of a CDR that was stored before. */
  DUPLICATE,
  /** Documents that were kept as rejected ones. */
  REJECTED,
  /** The same bytes as those of a rejected one again. */
  REPEATED,
  /** Only seconds: by how much amendments have changed those stored. */
  AMENDED,
  /** Tasks that were made. */
  TASK,
  PENDING,
  DONE,
  FAILED,
  CANCELLED;

  private final String word = name().toLowerCase(Locale.ROOT);

  /** As {@code ledger.account} spells it. */
  public String word() {
    return word;
  }

  public static Account ofWord(String word) {
    return valueOf(word.toUpperCase(Locale.ROOT));
  }
}
