package org.waybill.collect;

import java.util.Locale;

/** How far a rejected document has got. */
public enum RejectedState {
  OPEN,
  ACCEPTED,
  DISCARDED;

  /** As the database and queries spell it. */
  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }

  /**
   * @throws IllegalArgumentException for any other word
   */
  public static RejectedState ofWord(String word) {
    for (RejectedState state : values()) {
      if (state.word().equals(word)) {
        return state;
      }
    }
    throw new IllegalArgumentException(
        "A rejected document is open, accepted or discarded, but not '" + word + "'.");
  }
}
