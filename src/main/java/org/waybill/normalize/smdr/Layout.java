package org.waybill.normalize.smdr;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.waybill.document.Violation;

/** How the fields of a call stand in its record. */
interface Layout {
  /** Whether each record has its date; else date records between them tell it. */
  boolean isDated();

  /**
   * Reads a record.
   *
   * @param text not blank, without padding at its end
   * @param violations takes all that is wrong
   * @return null when something is
   */
  @Nullable CallLine read(String text, List<Violation> violations);
}
