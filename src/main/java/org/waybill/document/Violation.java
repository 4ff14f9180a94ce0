package org.waybill.document;

import java.util.Comparator;

/**
 * One thing that is wrong with a document.
 *
 * @param line from 1; 0 where no place can be named
 * @param column from 1; 0 where no place can be named
 * @param message a sentence for the person who sends such documents
 */
public record Violation(int line, int column, String message) implements Comparable<Violation> {
  private static final Comparator<Violation> BY_PLACE =
      Comparator.comparingInt(Violation::line)
          .thenComparingInt(Violation::column)
          .thenComparing(Violation::message);

  @Override
  public int compareTo(Violation other) {
    return BY_PLACE.compare(this, other);
  }

  @Override
  public String toString() {
    return line + ":" + column + " " + message;
  }
}
