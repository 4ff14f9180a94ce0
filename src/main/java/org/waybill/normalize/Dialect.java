package org.waybill.normalize;

import org.waybill.access.Caller;

/**
 * One kind of raw document, and how it becomes our CDR. A new one is one class that implements this
 * and one test.
 */
public interface Dialect {
  /** Its name: in {@code /api/collect/{format}}, and in {@code normalized_cdrs.source}. */
  String format();

  /** Counted up whenever the same document becomes another CDR than before. */
  default int mapping() {
    return 1;
  }

  /**
   * Reads a document, whatever it is: bad input is an outcome, never an exception.
   *
   * @param caller whose key may name the organization that the document does not
   */
  Normalization normalize(RawDocument raw, Caller caller);
}
