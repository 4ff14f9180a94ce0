package org.waybill.collect.smdr;

import org.waybill.document.Violation;

/**
 * A line as it came.
 *
 * @param bytes without its end
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
record RawLine(byte[] bytes, Flaw flaw) {

  /** What is wrong with a line whatever it says. */
  enum Flaw {
    NONE(""),
    TOO_LONG(
        "This line has more than "
            + LineSplitter.LONGEST
            + " bytes, of which only the first are kept; see that a switch sends here, and nothing"
            + " else."),
    CUT(
        "The connection broke in the middle of this line; the switch may send it again. If it did"
            + " not, replace the line by the whole one and resubmit it.");

    private final String sentence;

    Flaw(String sentence) {
      this.sentence = sentence;
    }

    Violation violation() {
      return new Violation(1, 1, sentence);
    }
  }
}
