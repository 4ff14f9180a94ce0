package org.waybill.platform;

import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** How values go into columns and come out of them, the same way in every repository. */
public final class Columns {
  private static final int NANOS_A_MILLI = 1_000_000;

  private Columns() {}

  /** All times in the database are UTC, cut to the millisecond: rounding would make some future. */
  public static LocalDateTime utc(Instant instant) {
    int millis = instant.getNano() / NANOS_A_MILLI;
    return LocalDateTime.ofEpochSecond(
        instant.getEpochSecond(), millis * NANOS_A_MILLI, ZoneOffset.UTC);
  }

  /**
   * The same as text, for statements so frequent that the driver's formatting would be felt: {@code
   * 2026-11-21 12:00:00.123}.
   */
  public static String utcText(Instant instant) {
    String text = utc(instant).toString();
    // ISO-8601 leaves out seconds and fractions that are zero; the database does not mind.
    return text.replace('T', ' ');
  }

  public static Instant instant(ResultSet row, String column) throws SQLException {
    return row.getObject(column, LocalDateTime.class).toInstant(ZoneOffset.UTC);
  }

  public static @Nullable Instant instantOrNull(ResultSet row, String column) throws SQLException {
    LocalDateTime time = row.getObject(column, LocalDateTime.class);
    return time == null ? null : time.toInstant(ZoneOffset.UTC);
  }

  /** The inside of {@code IN (…)} for so many values, 1 or more. */
  public static String placeholders(int values) {
    return "?" + ",?".repeat(values - 1);
  }

  /** The ids that a multi-row INSERT was given, in the order of its rows. */
  public static List<Long> generatedKeys(PreparedStatement insert, int rows) throws SQLException {
    List<Long> ids = new ArrayList<>(rows);
    try (ResultSet keys = insert.getGeneratedKeys()) {
      while (keys.next()) {
        ids.add(keys.getLong(1));
      }
    }
    if (ids.size() != rows) {
      throw new SQLException("Inserted " + rows + " rows but was given " + ids.size() + " ids.");
    }
    return ids;
  }
}
