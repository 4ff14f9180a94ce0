package org.waybill.normalize.asterisk;

import java.time.DateTimeException;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.ResolverStyle;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.regex.Matcher;
import org.jspecify.annotations.Nullable;

/**
 * The start of a call as Asterisk writes it, without a time zone: that of the switch, or UTC where
 * {@code usegmtime} is set, which a record does not say. But its uniqueid begins with the second in
 * which the channel was made, and the call's start cannot be before it.
 *
 * @param time as written
 */
record LocalStart(LocalDateTime time) {
  private static final DateTimeFormatter FORMAT =
      DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm:ss").withResolverStyle(ResolverStyle.STRICT);

  /** Two clocks are read one after the other. */
  private static final int SECONDS_OF_SLACK = 2;

  /** Null when it is no time. */
  static @Nullable LocalStart parse(String text) {
    try {
      return new LocalStart(LocalDateTime.parse(text.strip(), FORMAT));
    } catch (DateTimeException e) {
      return null;
    }
  }

  /**
   * The first moment, since the channel was made, that the time may stand for. Without a uniqueid
   * it is the organization's time, the earlier one of an hour that comes twice.
   */
  long epochSecond(ZoneId zone, String uniqueId) {
    long usual = time.atZone(zone).toEpochSecond();
    Matcher matcher = MasterRecord.UNIQUE_ID.matcher(uniqueId);
    if (!matcher.matches()) {
      return usual;
    }
    long earliest = Long.parseLong(matcher.group(1)) - SECONDS_OF_SLACK;
    return readings(zone).stream()
        .filter(reading -> reading >= earliest)
        .min(Comparator.naturalOrder())
        .orElse(usual);
  }

  private List<Long> readings(ZoneId zone) {
    List<Long> readings = new ArrayList<>();
    readings.add(time.toEpochSecond(ZoneOffset.UTC));
    readings.add(time.atZone(zone).toEpochSecond());
    for (ZoneOffset offset : zone.getRules().getValidOffsets(time)) {
      readings.add(time.toEpochSecond(offset));
    }
    return readings;
  }
}
