package org.waybill.normalize.smdr;

import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.format.DateTimeFormatter;
import java.time.format.ResolverStyle;
import java.util.Locale;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Dates, times and lengths as switches write them. */
final class Written {
  private static final Pattern DIGITS = Pattern.compile("[0-9]+");

  /** The clock was changed during the call, so that nobody knows how long it took. */
  private static final String UNKNOWN = "9999";

  private static final int MINUTES = 60;
  private static final int SECONDS_A_TENTH = 6;

  private Written() {}

  /**
   * How long a call took.
   *
   * @param seconds null where the switch did not know
   */
  record Length(@Nullable Integer seconds) {}

  /**
   * Null when it is no such day.
   *
   * @param format such as DDMMYY; two digits of a year are of this century
   */
  static @Nullable LocalDate date(String text, String format) {
    String pattern = format.replace('Y', 'u').replace('D', 'd');
    try {
      return LocalDate.parse(
          text,
          DateTimeFormatter.ofPattern(pattern, Locale.ROOT)
              .withResolverStyle(ResolverStyle.STRICT));
    } catch (DateTimeException e) {
      return null;
    }
  }

  /** HHMM or HHMMSS, right-adjusted; null when it is no time. */
  static @Nullable LocalTime time(String text) {
    String digits = text.stripLeading();
    if (!DIGITS.matcher(digits).matches() || !(text.length() == 4 || text.length() == 6)) {
      return null;
    }
    String full = ("0".repeat(text.length() - digits.length()) + digits + "00").substring(0, 6);
    try {
      return LocalTime.of(number(full, 0, 2), number(full, 2, 4), number(full, 4, 6));
    } catch (DateTimeException e) {
      return null;
    }
  }

  /**
   * Null when it is no length.
   *
   * @param format SECONDS; TENTHS for an hour, two minutes and a tenth of a minute; HMMSS; HHMMSS
   */
  static @Nullable Length length(String text, String format) {
    String digits = text.stripLeading();
    if (!DIGITS.matcher(digits).matches() || digits.length() > 9) {
      return null;
    }
    if (format.equals("SECONDS")) {
      return new Length(Integer.valueOf(digits));
    }
    if (format.equals("TENTHS") && digits.equals(UNKNOWN)) {
      return new Length(null);
    }
    String full = "0".repeat(Math.max(0, format(format) - digits.length())) + digits;
    return full.length() == format(format) ? clock(full, format.equals("TENTHS")) : null;
  }

  private static int format(String format) {
    return format.equals("TENTHS") ? UNKNOWN.length() : format.length();
  }

  private static @Nullable Length clock(String digits, boolean tenths) {
    int last = digits.length() - (tenths ? 1 : 2);
    int hours = number(digits, 0, last - 2);
    int minutes = number(digits, last - 2, last);
    int rest = number(digits, last, digits.length());
    int seconds = tenths ? rest * SECONDS_A_TENTH : rest;
    return minutes < MINUTES && seconds < MINUTES
        ? new Length((hours * MINUTES + minutes) * MINUTES + seconds)
        : null;
  }

  private static int number(String digits, int from, int to) {
    return Integer.parseInt(digits, from, to, 10);
  }
}
