package org.waybill.importer;

/** What came of one file. */
sealed interface Sending {
  /**
   * A CDR that is stored.
   *
   * @param duplicate whether it was before
   * @param repaired whether something had to be mended in it
   */
  record Stored(boolean duplicate, boolean repaired) implements Sending {}

  /** It cannot become a CDR and is kept for an operator. */
  record Rejected() implements Sending {}

  /**
   * It is still only here.
   *
   * @param hopeless whether the same would be answered to all the others
   */
  record Failed(String why, boolean hopeless) implements Sending {}
}
