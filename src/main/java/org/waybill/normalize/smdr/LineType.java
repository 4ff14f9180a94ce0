package org.waybill.normalize.smdr;

import java.time.DateTimeException;
import java.time.LocalDate;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The media type of a record, which says what the record itself does not, so that it can be read
 * again at any time: {@code text/x-smdr; layout=teleseer; date=2026-11-21}.
 *
 * @param layout null where it is not said
 * @param date for a record without one
 * @param fold whether its time is in the second pass of an hour that comes twice; as in Python
 */
public record LineType(@Nullable String layout, @Nullable LocalDate date, boolean fold) {
  private static final String NAME = "text/x-smdr";
  private static final Pattern PARAMETER =
      Pattern.compile(";\\s*(layout|date|fold)\\s*=\\s*\"?([^\\s\";]+)\"?");

  static final LineType UNSAID = new LineType(null, null, false);

  /** Says nothing where it is another type, or a part of it that cannot be read. */
  static LineType parse(@Nullable String contentType) {
    if (!isOne(contentType)) {
      return UNSAID;
    }
    String layout = null;
    LocalDate date = null;
    boolean fold = false;
    Matcher parameter = PARAMETER.matcher(lower(contentType));
    while (parameter.find()) {
      String value = parameter.group(2);
      switch (parameter.group(1)) {
        case "layout" -> layout = value;
        case "date" -> date = date(value);
        default -> fold = value.equals("1");
      }
    }
    return new LineType(layout, date, fold);
  }

  /** Whether a content type is that of a record. */
  public static boolean isOne(@Nullable String contentType) {
    return lower(contentType).strip().startsWith(NAME);
  }

  @Override
  public String toString() {
    return NAME
        + (layout == null ? "" : "; layout=" + layout)
        + (date == null ? "" : "; date=" + date)
        + (fold ? "; fold=1" : "");
  }

  private static String lower(@Nullable String text) {
    return text == null ? "" : text.toLowerCase(Locale.ROOT);
  }

  private static @Nullable LocalDate date(String text) {
    try {
      return LocalDate.parse(text);
    } catch (DateTimeException e) {
      return null;
    }
  }
}
