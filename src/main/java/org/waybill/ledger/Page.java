package org.waybill.ledger;

import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import org.jspecify.annotations.Nullable;

/**
 * Where in the ledger something is counted.
 *
 * @param day UTC day of receipt
 * @param rmOrgId null where the document names none that is known
 */
public record Page(LocalDate day, String source, @Nullable Integer rmOrgId) {
  /** How the columns say that an organization is not known: a key cannot hold NULL. */
  private static final int UNKNOWN = 0;

  public static Page of(Instant received, String source, @Nullable Integer rmOrgId) {
    return new Page(LocalDate.ofInstant(received, ZoneOffset.UTC), source, rmOrgId);
  }

  /** Of a row of {@code ledger} or {@code ledger_entries}. */
  public static Page ofColumns(LocalDate day, String source, int rmOrgId) {
    return new Page(day, source, rmOrgId == UNKNOWN ? null : rmOrgId);
  }

  int column() {
    return rmOrgId == null ? UNKNOWN : rmOrgId;
  }
}
