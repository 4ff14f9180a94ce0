package org.waybill.platform;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A column of a layout of Avaya call records.
 *
 * @param item what it holds, in Avaya's own words such as {@code calling-num}
 * @param width in characters; 0 for {@code rest}
 * @param format of a date or a duration, else empty
 */
public record SmdrColumn(String item, int width, String format) {
  private static final Pattern COLUMN =
      Pattern.compile(
          "(?<item>[a-z][a-z0-9/_-]*):(?<width>[0-9]{1,3})(?::(?<format>[A-Za-z]{2,8}))?");

  private static final Set<String> DATES =
      Set.of("MMDDYY", "DDMMYY", "YYMMDD", "MMDDYYYY", "DDMMYYYY", "YYYYMMDD");
  private static final Set<String> DURATIONS = Set.of("SECONDS", "TENTHS", "HMMSS", "HHMMSS");

  /** The columns of a line from the left, as in {@code date:6:DDMMYY,space:1,time:4}. */
  public static List<SmdrColumn> list(String text) {
    List<SmdrColumn> columns = new ArrayList<>();
    Set<String> items = new HashSet<>();
    for (String element : text.split(",", -1)) {
      SmdrColumn column = parse(element.strip());
      columns.add(column);
      items.add(column.item());
    }
    if (!items.contains("time") || !(items.contains("sec-dur") || items.contains("duration"))) {
      throw new IllegalArgumentException("set a layout with time, and with sec-dur or duration");
    }
    return List.copyOf(columns);
  }

  private static SmdrColumn parse(String text) {
    if (text.equals("rest")) {
      return new SmdrColumn(text, 0, "");
    }
    Matcher column = COLUMN.matcher(text);
    if (!column.matches()) {
      throw new IllegalArgumentException(
          "set item:width or item:width:format separated by commas, such as"
              + " date:6:DDMMYY,space:1,time:4,space:1,sec-dur:5,space:1,dialed-num:23; "
              + text
              + " is none");
    }
    String item = column.group("item");
    int width = Integer.parseInt(column.group("width"));
    String format = column.group("format");
    return new SmdrColumn(item, width, format(item, width, format == null ? "" : format));
  }

  private static String format(String item, int width, String written) {
    String format = written.toUpperCase(Locale.ROOT);
    return switch (item) {
      case "date" -> date(width, format);
      case "time" -> required(format.isEmpty() && (width == 4 || width == 6), "", "time:4, time:6");
      case "sec-dur" -> duration(width, format.isEmpty() ? "SECONDS" : format);
      case "duration" -> duration(width, format.isEmpty() ? "TENTHS" : format);
      default -> required(format.isEmpty() && width > 0, "", item + " with a width and no format");
    };
  }

  private static String date(int width, String written) {
    String usual = width == 8 ? "MMDDYYYY" : "MMDDYY";
    String format = written.isEmpty() ? usual : written;
    return required(
        DATES.contains(format) && format.length() == width,
        format,
        "a date such as date:6:MMDDYY, date:6:DDMMYY or date:8:YYYYMMDD");
  }

  private static String duration(int width, String format) {
    boolean fits =
        switch (format) {
          case "TENTHS" -> width == 4;
          case "HMMSS" -> width == 5;
          case "HHMMSS" -> width == 6;
          default -> width > 0 && width < 10;
        };
    return required(
        DURATIONS.contains(format) && fits,
        format,
        "a duration such as sec-dur:5, sec-dur:5:HMMSS, duration:6:HHMMSS or duration:4:TENTHS");
  }

  private static String required(boolean holds, String format, String expected) {
    if (!holds) {
      throw new IllegalArgumentException("set " + expected);
    }
    return format;
  }
}
