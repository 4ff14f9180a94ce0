package org.waybill.collect;

import java.sql.SQLException;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.waybill.platform.DatabaseException;
import org.waybill.platform.WaybillException;

/**
 * Tells a document that can never be stored from a database that cannot store now. Only what is
 * surely the document's fault counts as such: a sender told "later" repeats, one told "never" does
 * not.
 */
public final class Refusal {
  private static final int DUPLICATE_KEY = 1062;

  /** MySQL manual, server error reference: row size too large, packet too large, bad string. */
  private static final Set<Integer> OF_THE_DOCUMENT = Set.of(1118, 1153, 1301, 1366);

  private static final String DATA_EXCEPTION = "22";
  private static final String INTEGRITY = "23";

  private Refusal() {}

  static boolean isDuplicateKey(DatabaseException e) {
    SQLException cause = cause(e);
    return cause != null && cause.getErrorCode() == DUPLICATE_KEY;
  }

  /** Whether it is what a document says that cannot be stored, whenever it comes again. */
  public static boolean isOfTheDocument(RuntimeException e) {
    SQLException cause = cause(e);
    if (cause == null) {
      // Not the database's: a bug of ours that this document brings out. Its neighbours go on.
      return !(e instanceof WaybillException);
    }
    String state = cause.getSQLState() == null ? "" : cause.getSQLState();
    return cause.getErrorCode() != DUPLICATE_KEY
        && (state.startsWith(DATA_EXCEPTION)
            || state.startsWith(INTEGRITY)
            || OF_THE_DOCUMENT.contains(cause.getErrorCode()));
  }

  static String sentence(RuntimeException e) {
    SQLException cause = cause(e);
    return cause == null
        ? "The document cannot be stored: " + e
        : "The database refuses the document: " + cause.getMessage();
  }

  private static @Nullable SQLException cause(RuntimeException e) {
    return e.getCause() instanceof SQLException cause ? cause : null;
  }
}
