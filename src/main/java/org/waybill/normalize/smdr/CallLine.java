package org.waybill.normalize.smdr;

import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.waybill.cdr.Variable;

/**
 * What a record says of a call, in the switch's local time.
 *
 * @param date null where its layout has none
 * @param time of the call's end, or of its start
 * @param atEnd which of the two
 * @param seconds the call took; null where the switch did not know
 */
record CallLine(
    @Nullable LocalDate date,
    LocalTime time,
    boolean atEnd,
    @Nullable Integer seconds,
    List<Variable> variables) {
  CallLine {
    variables = List.copyOf(variables);
  }

  /**
   * The start of the call. Of an end that nothing says the length before, it is the end.
   *
   * @param day for a record that has no date
   */
  long startEpoch(LocalDate day, ZoneId zone, boolean fold) {
    ZonedDateTime at = at(day, zone, fold);
    return at.toEpochSecond() - (atEnd && seconds != null ? seconds : 0);
  }

  /**
   * The moment that the record names.
   *
   * @param fold whether it is in the second pass of an hour that comes twice
   */
  ZonedDateTime at(LocalDate day, ZoneId zone, boolean fold) {
    ZonedDateTime first = LocalDateTime.of(date == null ? day : date, time).atZone(zone);
    return fold ? first.withLaterOffsetAtOverlap() : first;
  }
}
