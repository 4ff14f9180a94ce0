package org.waybill.normalize.asterisk;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.waybill.document.Facts.Fact;
import org.waybill.document.Violation;

/**
 * A line of {@code Master.csv}. How many columns it has depends on {@code loguniqueid}, {@code
 * loguserfield} and {@code newcdrcolumns} in {@code cdr.conf}.
 */
final class MasterRecord {
  /** Of which every line has all. */
  private static final List<String> COLUMNS =
      List.of(
          "accountcode",
          "src",
          "dst",
          "dcontext",
          "clid",
          "channel",
          "dstchannel",
          "lastapp",
          "lastdata",
          "start",
          "answer",
          "end",
          "duration",
          "billsec",
          "disposition",
          "amaflags");

  private static final List<String> NEW_COLUMNS = List.of("peeraccount", "linkedid", "sequence");
  private static final int MOST = COLUMNS.size() + 2 + NEW_COLUMNS.size();

  /** The second in which the channel was made, and a number; a system's name may come before. */
  static final Pattern UNIQUE_ID = Pattern.compile("(?:.*-)?([0-9]{9,10})\\.[0-9]+");

  private final Map<String, Fact> columns = new LinkedHashMap<>();

  /**
   * @param fields of one line
   * @param violations takes what is wrong with their number
   */
  MasterRecord(List<CsvReader.Field> fields, List<Violation> violations) {
    if (fields.size() < COLUMNS.size() || fields.size() > MOST) {
      violations.add(
          new Violation(
              fields.get(0).line(),
              1,
              "A line of Master.csv has "
                  + (COLUMNS.size() + " to " + MOST)
                  + " columns, from accountcode to amaflags and perhaps uniqueid, userfield,"
                  + " peeraccount, linkedid and sequence, but this one has "
                  + fields.size()
                  + "."));
      return;
    }
    List<String> names = names(fields);
    for (int i = 0; i < names.size(); i++) {
      CsvReader.Field field = fields.get(i);
      columns.put(
          names.get(i), new Fact(names.get(i), field.value(), field.line(), field.column()));
    }
  }

  /** Empty where the line has no such column. */
  String value(String column) {
    return fact(column).value();
  }

  /** What all columns hold, in their order. */
  List<String> values() {
    return columns.values().stream().map(Fact::value).toList();
  }

  /** The column and where it stands; its value is empty where the line has no such column. */
  Fact fact(String column) {
    return columns.getOrDefault(column, new Fact(column, "", 0, 0));
  }

  /** Those that say something, in their order. */
  List<Fact> facts() {
    return columns.values().stream().filter(fact -> !fact.value().isEmpty()).toList();
  }

  private static List<String> names(List<CsvReader.Field> fields) {
    List<String> names = new ArrayList<>(COLUMNS);
    int more = fields.size() - COLUMNS.size();
    boolean withNew = more >= NEW_COLUMNS.size();
    int optional = withNew ? more - NEW_COLUMNS.size() : more;
    if (optional == 2) {
      names.addAll(List.of("uniqueid", "userfield"));
    } else if (optional == 1) {
      String only = fields.get(COLUMNS.size()).value();
      names.add(UNIQUE_ID.matcher(only).matches() ? "uniqueid" : "userfield");
    }
    if (withNew) {
      names.addAll(NEW_COLUMNS);
    }
    return names;
  }
}
