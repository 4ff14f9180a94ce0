package org.waybill.testing;

import java.util.function.Function;
import org.waybill.access.Audit;

/** Audit lines of changes that a test makes. */
public final class AuditLines {
  private AuditLines() {}

  /** What is written down of any change. */
  public static <T> Function<T, Audit.Entry> any() {
    return changed -> new Audit.Entry("anna", "test.steer", String.valueOf(changed), null, null);
  }

  /** One that no row takes: the database refuses it in the middle of the transaction. */
  public static <T> Function<T, Audit.Entry> refused() {
    return changed -> new Audit.Entry("anna", "x".repeat(65), "it", null, null);
  }
}
