package org.waybill.operation;

import java.util.Locale;

/** How far an operation has got, and all that may become of it. */
public enum OperationState {
  RUNNING,
  /** An operator holds it. */
  PAUSED,
  /** Each of its items was worked on. */
  DONE,
  /** An operator ended it; what was done stays done. */
  CANCELLED,
  /** It cannot go on by itself; an operator may let it try. */
  FAILED;

  /** All legal moves. */
  boolean mayBecome(OperationState next) {
    return switch (this) {
      case RUNNING -> next != RUNNING;
      case PAUSED, FAILED -> next == RUNNING || next == CANCELLED;
      case DONE, CANCELLED -> false;
    };
  }

  /** Whether it is over for good. */
  public boolean isFinal() {
    return this == DONE || this == CANCELLED;
  }

  /** As the database and the API spell it. */
  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }

  /**
   * @throws IllegalArgumentException for any other word
   */
  public static OperationState ofWord(String word) {
    for (OperationState state : values()) {
      if (state.word().equals(word)) {
        return state;
      }
    }
    throw new IllegalArgumentException("'" + word + "' is no state of an operation.");
  }
}
