package org.waybill.normalize.freeswitch;

import java.util.List;
import org.waybill.document.Violation;
import org.waybill.normalize.Normalization;

/** What came of reading some bytes as a FreeSWITCH document. */
sealed interface FreeSwitchReading {
  /** It could be read, perhaps after repairs. */
  record Read(FreeSwitchDocument document) implements FreeSwitchReading {}

  /** It could not, nor be repaired. */
  record Unreadable(Normalization.Fault fault, List<Violation> violations)
      implements FreeSwitchReading {
    public Unreadable {
      violations = List.copyOf(violations);
    }
  }
}
