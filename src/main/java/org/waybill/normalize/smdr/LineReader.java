package org.waybill.normalize.smdr;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.util.ArrayList;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.waybill.platform.Settings;

/**
 * Reads the lines of one connection as far as the connection must know them: date records tell the
 * day of what follows, and segments of a call belong together. Not for several threads.
 */
public final class LineReader {
  /** The media type of a call of an IP Office. */
  public static final String IP_OFFICE = new LineType("ipoffice", null, false).toString();

  /** The switch's clock may be ahead of ours by this much. */
  private static final Duration AHEAD = Duration.ofMinutes(5);

  private final String name;
  private final Layout layout;
  private final boolean monthFirst;
  private @Nullable LocalDate day;

  /**
   * @param layout a name that the settings allow
   */
  public LineReader(String layout, Settings settings) {
    this.name = layout;
    this.layout =
        Layouts.of(settings)
            .find(layout)
            .orElseThrow(() -> new IllegalArgumentException("There is no layout " + layout));
    this.monthFirst = settings.smdr().monthFirst();
  }

  /** What a line is. */
  public sealed interface Line {
    /** Its media type, with all that it does not say itself; null where there is nothing to say. */
    @Nullable String contentType();

    /** Nothing but padding, or a date record, which has been noted. */
    record Nothing() implements Line {
      @Override
      public @Nullable String contentType() {
        return null;
      }
    }

    /** A call, or what the dialect will say is none. */
    record Whole(String contentType) implements Line {}

    /**
     * A segment of a call.
     *
     * @param call the same for all of it
     * @param last whether it is the last one
     */
    record Segment(String call, boolean last, String contentType) implements Line {}
  }

  /**
   * @param line its bytes
   * @param at when it came
   * @param zone where the switch stands
   */
  public Line read(byte[] line, Instant at, ZoneId zone) {
    String text = RecordText.of(line).text();
    if (text.isBlank()) {
      return new Line.Nothing();
    }
    DateRecord date = DateRecord.parse(text);
    if (date != null) {
      day = date.day(monthFirst, LocalDate.ofInstant(at, zone));
      return day == null ? new Line.Whole(type(null, false)) : new Line.Nothing();
    }
    if (layout instanceof IpOfficeLayout) {
      IpOfficeSegment segment = IpOfficeSegment.parse(text, 1, new ArrayList<>());
      String type = type(null, false);
      return segment == null
          ? new Line.Whole(type)
          : new Line.Segment(segment.call(), !segment.announcesAnother(), type);
    }
    CallLine call = layout.read(text, new ArrayList<>());
    return new Line.Whole(call == null ? type(null, false) : type(call, at, zone));
  }

  /** The last one, where the layout needs it. */
  public Optional<String> dateRecord() {
    return Optional.ofNullable(layout.isDated() ? null : day)
        .map(
            date ->
                monthFirst
                    ? two(date.getMonthValue()) + two(date.getDayOfMonth())
                    : two(date.getDayOfMonth()) + two(date.getMonthValue()));
  }

  private static String two(int number) {
    return (number < 10 ? "0" : "") + number;
  }

  private String type(CallLine call, Instant at, ZoneId zone) {
    LocalDate told = layout.isDated() ? null : day;
    LocalDate date = layout.isDated() || told != null ? told : latest(call, at, zone);
    LocalDate used = call.date() == null ? date : call.date();
    boolean fold = used != null && isInSecondPass(call, used, at, zone);
    return type(date, fold);
  }

  /** The day on which it can have ended, if it has ended by now. */
  private static LocalDate latest(CallLine call, Instant at, ZoneId zone) {
    LocalDate tomorrow = LocalDate.ofInstant(at, zone).plusDays(1);
    LocalDate date = tomorrow;
    while (call.at(date, zone, false).toInstant().isAfter(at.plus(AHEAD))) {
      date = date.minusDays(1);
    }
    return date;
  }

  private static boolean isInSecondPass(CallLine call, LocalDate date, Instant at, ZoneId zone) {
    ZonedDateTime second = call.at(date, zone, true);
    return !second.equals(call.at(date, zone, false))
        && !second.toInstant().isAfter(at.plus(AHEAD));
  }

  private String type(@Nullable LocalDate date, boolean fold) {
    return new LineType(name, date, fold).toString();
  }
}
