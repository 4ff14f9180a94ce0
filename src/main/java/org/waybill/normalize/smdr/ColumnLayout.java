package org.waybill.normalize.smdr;

import java.time.LocalDate;
import java.time.LocalTime;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.waybill.document.Quoted;
import org.waybill.document.Violation;
import org.waybill.platform.SmdrColumn;

/**
 * A layout in which each field has its columns, blank or not. A switch may leave out blanks at the
 * end of a line. What is not blank between the fields tells that the line is of another layout.
 */
final class ColumnLayout implements Layout {
  private final List<SmdrColumn> columns;

  ColumnLayout(List<SmdrColumn> columns) {
    this.columns = List.copyOf(columns);
  }

  @Override
  public boolean isDated() {
    return columns.stream().anyMatch(column -> column.item().equals("date"));
  }

  @Override
  public @Nullable CallLine read(String text, List<Violation> violations) {
    Cells cells = new Cells(text, violations);
    columns.forEach(cells::take);
    cells.end();
    LocalTime time = cells.time;
    Written.Length length = cells.length;
    if (!violations.isEmpty() || time == null || length == null) {
      return null;
    }
    return new CallLine(
        cells.date, time, true, length.seconds(), CallVariables.of(cells.items, length.seconds()));
  }

  /** A line as it is read, from the left. */
  private static final class Cells {
    private final String text;
    private final List<Violation> violations;
    private final Map<String, String> items = new LinkedHashMap<>();
    private @Nullable LocalDate date;
    private @Nullable LocalTime time;
    private Written.@Nullable Length length;
    private int at;

    Cells(String text, List<Violation> violations) {
      this.text = text;
      this.violations = violations;
    }

    void take(SmdrColumn column) {
      int width = column.item().equals("rest") ? Math.max(0, text.length() - at) : column.width();
      String cell = cell(width);
      switch (column.item()) {
        case "space" -> {
          if (!cell.isBlank()) {
            wrong("must be blank", cell);
          }
        }
        case "skip" -> {}
        case "return", "line-feed", "null" -> width = 0;
        case "date" -> date(cell, column.format());
        case "time" -> time(cell);
        case "sec-dur", "duration" -> length(cell, column.format());
        default -> {
          if (!cell.isBlank()) {
            items.put(column.item(), cell.strip());
          }
        }
      }
      at += width;
    }

    void end() {
      if (text.length() > at && !text.substring(at).isBlank()) {
        wrong("is behind the last of the layout and must be blank", text.substring(at));
      }
    }

    private String cell(int width) {
      int from = Math.min(at, text.length());
      return text.substring(from, Math.min(at + width, text.length()));
    }

    private void date(String cell, String format) {
      date = Written.date(cell, format);
      if (date == null) {
        wrong("must be a date " + format, cell);
      }
    }

    private void time(String cell) {
      time = Written.time(cell);
      if (time == null) {
        wrong("must be a time such as 1547", cell);
      }
    }

    private void length(String cell, String format) {
      length = Written.length(cell, format);
      if (length == null) {
        wrong("must be a duration (" + format + ")", cell);
      }
    }

    private void wrong(String must, String cell) {
      violations.add(
          new Violation(
              1, at + 1, "Column " + (at + 1) + " " + must + ", but is " + Quoted.of(cell) + "."));
    }
  }
}
