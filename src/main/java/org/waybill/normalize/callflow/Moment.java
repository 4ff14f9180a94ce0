package org.waybill.normalize.callflow;

import jakarta.json.JsonNumber;
import jakarta.json.JsonString;
import jakarta.json.JsonValue;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.time.format.ResolverStyle;
import java.time.temporal.TemporalAccessor;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A time as a feed writes it: ISO 8601, or seconds since 1970. Without an offset it is the
 * organization's time, for the platform's own tables keep none.
 */
public final class Moment {
  private static final DateTimeFormatter FORMAT =
      new DateTimeFormatterBuilder()
          .append(DateTimeFormatter.ISO_LOCAL_DATE_TIME)
          .appendPattern("[XXX][XX][X]")
          .toFormatter()
          .withResolverStyle(ResolverStyle.STRICT);

  private static final Pattern SECONDS = Pattern.compile("[0-9]{1,10}(?:\\.[0-9]+)?");
  private static final Pattern DATE_AND_BLANK = Pattern.compile("^([0-9-]{10}) ");

  static final Moment EPOCH = new Moment(Instant.EPOCH);

  private final TemporalAccessor written;

  private Moment(TemporalAccessor written) {
    this.written = written;
  }

  /** Null when it is no time. */
  static @Nullable Moment of(JsonValue value) {
    try {
      if (value instanceof JsonNumber number) {
        return seconds(number.toString());
      }
      return value instanceof JsonString text ? parse(text.getString().strip()) : null;
    } catch (DateTimeException e) {
      return null;
    }
  }

  /** The moment that it stands for, to the second below. */
  public Instant in(ZoneId zone) {
    return written instanceof LocalDateTime local
        ? local.atZone(zone).toInstant()
        : Instant.from(written);
  }

  private static Moment parse(String text) {
    String iso = DATE_AND_BLANK.matcher(text).replaceFirst("$1T");
    return new Moment(FORMAT.parseBest(iso, OffsetDateTime::from, LocalDateTime::from));
  }

  private static @Nullable Moment seconds(String text) {
    if (!SECONDS.matcher(text).matches()) {
      return null;
    }
    int point = text.indexOf('.');
    return new Moment(
        Instant.ofEpochSecond(Long.parseLong(point < 0 ? text : text.substring(0, point))));
  }
}
