package org.waybill.normalize.smdr;

import java.time.LocalDate;
import java.time.LocalTime;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.waybill.document.Quoted;
import org.waybill.document.Violation;
import org.waybill.platform.SmdrColumn;

/**
 * The line of the collector that came before us: date, time, duration, called number, code and
 * calling number with blanks between them, and perhaps more, which says nothing to us.
 *
 * <p>Where fewer than six are there, one is blank, and only columns tell which. Those of its
 * example are taken if every field ends where it does there.
 */
final class SimpleLayout implements Layout {
  private static final Pattern FIELD = Pattern.compile("\\S+");
  private static final List<String> NAMES =
      List.of("date", "time", "duration", "called number", "call code", "calling number");
  private static final int ONLY_SECONDS = 3;

  private static final ColumnLayout EXAMPLE =
      new ColumnLayout(
          SmdrColumn.list(
              "date:6:DDMMYY,space:1,time:4,space:1,sec-dur:5:HMMSS,space:1,"
                  + "dialed-num:23,space:1,call-code:1,space:1,calling-num:19"));

  /** Where its numbers end, which stand at the right of their columns. */
  private static final List<Integer> ENDS = List.of(6, 11, 17, 41, 43, 63);

  @Override
  public boolean isDated() {
    return true;
  }

  @Override
  public @Nullable CallLine read(String text, List<Violation> violations) {
    List<MatchResult> fields = new ArrayList<>();
    Matcher next = FIELD.matcher(text);
    while (next.find()) {
      fields.add(next.toMatchResult());
    }
    if (fields.size() >= NAMES.size()) {
      return read(fields, violations);
    }
    boolean inColumns = fields.stream().allMatch(field -> ENDS.contains(field.end()));
    CallLine call = inColumns ? EXAMPLE.read(text, new ArrayList<>()) : null;
    if (call == null) {
      violations.add(
          new Violation(
              1,
              1,
              "A line has date, time, duration, called number, call code and calling number, but"
                  + " this one has "
                  + fields.size()
                  + " of these six, and does not stand in the columns that would tell which: "
                  + Quoted.of(text)
                  + "."));
    }
    return call;
  }

  private static @Nullable CallLine read(List<MatchResult> fields, List<Violation> violations) {
    LocalDate date = Written.date(fields.get(0).group(), "DDMMYY");
    LocalTime time = Written.time(fields.get(1).group());
    Written.Length length = length(fields.get(2).group());
    if (date == null) {
      violations.add(violation(fields, 0, "DDMMYY, such as 170925"));
    }
    if (time == null) {
      violations.add(violation(fields, 1, "HHMM or HHMMSS, such as 1547"));
    }
    if (length == null) {
      violations.add(violation(fields, 2, "up to three digits of seconds, or HMMSS such as 00252"));
    }
    if (date == null || time == null || length == null) {
      return null;
    }
    Map<String, String> items = new LinkedHashMap<>();
    items.put("dialed-num", fields.get(3).group());
    items.put("call-code", fields.get(4).group());
    items.put("calling-num", fields.get(5).group());
    return new CallLine(
        date, time, true, length.seconds(), CallVariables.of(items, length.seconds()));
  }

  private static Written.@Nullable Length length(String text) {
    if (text.length() <= ONLY_SECONDS) {
      return Written.length(text, "SECONDS");
    }
    return text.length() == "HMMSS".length() ? Written.length(text, "HMMSS") : null;
  }

  private static Violation violation(List<MatchResult> fields, int field, String expected) {
    MatchResult found = fields.get(field);
    return new Violation(
        1,
        found.start() + 1,
        "The "
            + NAMES.get(field)
            + " must be "
            + expected
            + ", but is "
            + Quoted.of(found.group())
            + ".");
  }
}
