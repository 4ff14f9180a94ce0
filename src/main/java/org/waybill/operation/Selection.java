package org.waybill.operation;

import org.jspecify.annotations.Nullable;

/**
 * What an operation is about.
 *
 * @param total how many items match
 * @param upTo the last one of them, or whatever else keeps later ones out; null when none matches
 */
public record Selection(long total, @Nullable String upTo) {
  private static final int LONGEST = 255;

  public Selection {
    if (total < 0 || (upTo != null && upTo.length() > LONGEST)) {
      throw new IllegalArgumentException("No selection: " + total + " up to " + upTo);
    }
  }
}
