package org.waybill.cdr;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Stream;
import org.waybill.platform.MultiRowInsert;
import org.waybill.platform.MultiRowInsert.Values;

/** A table of sums of calls, whose key begins with a span of time and ends with a day. */
final class SumTable {
  /** What an insert ends with that adds to sums which are there; {@code %1$s} is their table. */
  static final String ADD =
      """
       ON DUPLICATE KEY UPDATE calls = %1$s.calls + VALUES(calls),
         answered = %1$s.answered + VALUES(answered),
         seconds = %1$s.seconds + VALUES(seconds),
         effective = %1$s.effective + VALUES(effective)
      """;

  private final String name;
  private final Function<CallCell, List<List<Object>>> places;
  private final MultiRowInsert<Map.Entry<List<Object>, CallCount>> rows;

  /**
   * @param key the columns of the key between the time and the day
   * @param places what stands in them, for each sum that a cell is part of
   */
  SumTable(String name, List<String> key, Function<CallCell, List<List<Object>>> places) {
    this.name = name;
    this.places = places;
    List<String> columns = new ArrayList<>(List.of("span", "begins"));
    columns.addAll(key);
    columns.addAll(List.of("TableSuffix", "calls", "answered", "seconds", "effective"));
    this.rows = new MultiRowInsert<>(name, columns, ADD.formatted(name), SumTable::bind);
  }

  /** Adds cells to the sums of hours or of days. */
  void add(Connection connection, int span, List<CallCell> cells) throws SQLException {
    Map<List<Object>, CallCount> sums = new LinkedHashMap<>();
    for (CallCell cell : cells) {
      for (List<Object> place : places.apply(cell)) {
        List<Object> key =
            Stream.of(List.<Object>of(span, cell.begins(span)), place, List.<Object>of(cell.day()))
                .flatMap(List::stream)
                .toList();
        sums.merge(key, cell.count(), CallCount::plus);
      }
    }
    rows.insert(connection, List.copyOf(sums.entrySet()));
  }

  /** The statement that takes a day's sums away: span, first and last beginning, day. */
  String removal() {
    return "DELETE FROM " + name + " WHERE span = ? AND begins BETWEEN ? AND ? AND TableSuffix = ?";
  }

  private static void bind(Values values, Map.Entry<List<Object>, CallCount> row)
      throws SQLException {
    for (Object part : row.getKey()) {
      if (part instanceof Number number) {
        values.add(number.longValue());
      } else {
        values.add((String) part);
      }
    }
    CallCount count = row.getValue();
    values.add(count.calls()).add(count.answered()).add(count.seconds()).add(count.effective());
  }
}
