package org.waybill.normalize;

import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.waybill.document.Violation;

/** What became of a raw document. */
public sealed interface Normalization {

  /**
   * A CDR.
   *
   * @param repairs what had to be mended, in the order of the document
   * @param sender null where such documents do not name it
   */
  record Made(Normalized cdr, List<Repair> repairs, @Nullable Switch sender)
      implements Normalization {
    public Made {
      repairs = List.copyOf(repairs);
    }
  }

  /**
   * It cannot become one.
   *
   * @param violations all of them, in the order of their places
   * @param uuid where it could be read
   * @param rmOrgId where it could be read
   */
  record Unusable(
      Fault fault, List<Violation> violations, @Nullable UUID uuid, @Nullable Integer rmOrgId)
      implements Normalization {
    public Unusable {
      violations = List.copyOf(violations);
    }
  }

  /** The kinds of reasons. */
  enum Fault {
    /** It could not be read, nor repaired. */
    NOT_WELL_FORMED,
    /** It was read, but breaks a rule. */
    INVALID,
    /** It names no organization, an unknown one, or one that is not the sender's. */
    UNKNOWN_ORGANIZATION
  }
}
