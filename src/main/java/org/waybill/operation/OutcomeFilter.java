package org.waybill.operation;

import java.util.Locale;
import org.waybill.platform.Where;

/** Which outcomes of an operation are asked for. */
public enum OutcomeFilter {
  ANY("TRUE"),
  OK("ok"),
  FAILED("NOT ok"),
  /** Those that succeeded and were not in order before. */
  CHANGED("ok AND NOT unchanged"),
  UNCHANGED("ok AND unchanged");

  private final String sql;

  OutcomeFilter(String sql) {
    this.sql = sql;
  }

  /** As queries spell it. */
  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }

  public static OutcomeFilter ofWord(String word) {
    return valueOf(word.toUpperCase(Locale.ROOT));
  }

  Where where(long operation) {
    return new Where().andAll("id_operations = ? AND " + sql, operation);
  }
}
