package org.waybill.operation;

import org.jspecify.annotations.Nullable;

/**
 * What an operation is about.
 *
 * @param total how many items match
 * @param isLeast whether counting was broken off, so that there are more than {@code total}
 * @param upTo the last one of them, or whatever else keeps later ones out; null when none matches
 */
public record Selection(long total, boolean isLeast, @Nullable String upTo) {
  private static final int LONGEST = 255;

  /** Counted to the end. */
  public Selection(long total, @Nullable String upTo) {
    this(total, false, upTo);
  }

  public Selection {
    if (total < 0 || (upTo != null && upTo.length() > LONGEST)) {
      throw new IllegalArgumentException("No selection: " + total + " up to " + upTo);
    }
  }

  /** What is left of it for who wants only so many. */
  Selection limit(@Nullable Integer most) {
    return most == null || total < most ? this : new Selection(most, false, upTo);
  }
}
