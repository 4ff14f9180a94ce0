package org.waybill.normalize.smdr;

import java.time.DateTimeException;
import java.time.Duration;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.format.DateTimeFormatter;
import java.time.format.ResolverStyle;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.waybill.document.Quoted;
import org.waybill.document.Violation;

/**
 * A line of IP Office's SMDR: comma-separated without quotes, 17 fields or more. Avaya's knowledge
 * base names them.
 *
 * @param fields as they stand there
 */
record IpOfficeSegment(List<String> fields) {
  private static final DateTimeFormatter START =
      DateTimeFormatter.ofPattern("uuuu/MM/dd HH:mm:ss").withResolverStyle(ResolverStyle.STRICT);
  private static final Pattern SECONDS = Pattern.compile("[0-9]{1,8}");
  private static final Pattern CONTINUATION = Pattern.compile("[01]");
  private static final Pattern CALL_ID = Pattern.compile("[0-9]{1,20}");

  /** What a line of this layout begins with, unlike any other. */
  static final Pattern BEGINNING =
      Pattern.compile("(?s)[0-9]{4}/[0-9]{2}/[0-9]{2} [0-9]{2}:[0-9]{2}:[0-9]{2},.*");

  static final List<String> NAMES =
      List.of(
          "call_start",
          "connected_time",
          "ring_time",
          "caller",
          "direction",
          "called_number",
          "dialed_number",
          "account",
          "is_internal",
          "call_id",
          "continuation",
          "party1_device",
          "party1_name",
          "party2_device",
          "party2_name",
          "hold_time",
          "park_time",
          "authorization_valid",
          "authorization_code",
          "user_charged",
          "call_charge",
          "currency",
          "amount_at_last_user_change",
          "call_units",
          "units_at_last_user_change",
          "cost_per_unit",
          "mark_up",
          "external_targeting_cause",
          "external_targeter_id",
          "external_targeted_number",
          "party1_address",
          "party1_port",
          "party2_address",
          "party2_port");

  private static final int FEWEST = 17;

  IpOfficeSegment {
    fields = List.copyOf(fields);
  }

  /** Null when something is wrong with it, of which all is told. */
  static @Nullable IpOfficeSegment parse(String line, int number, List<Violation> violations) {
    IpOfficeSegment segment = new IpOfficeSegment(List.of(line.stripTrailing().split(",", -1)));
    if (segment.fields.size() < FEWEST) {
      violations.add(
          new Violation(
              number,
              1,
              "A line of IP Office has "
                  + FEWEST
                  + " fields or more, but this one has "
                  + (segment.fields.size() + ".")));
      return null;
    }
    List<Violation> found = new ArrayList<>();
    segment.check("call_start", segment.start() != null, "2025/09/17 15:44:08", number, found);
    segment.check("connected_time", segment.connected() >= 0, "00:02:52", number, found);
    segment.check("call_id", segment.matches("call_id", CALL_ID), "1000014160", number, found);
    segment.check(
        "continuation", segment.matches("continuation", CONTINUATION), "0 or 1", number, found);
    for (String name : List.of("ring_time", "hold_time", "park_time")) {
      segment.check(name, segment.matches(name, SECONDS), "12, in seconds", number, found);
    }
    violations.addAll(found);
    return found.isEmpty() ? segment : null;
  }

  /** Empty where a line has no such field. */
  String value(String name) {
    int index = NAMES.indexOf(name);
    return index < fields.size() ? fields.get(index).strip() : "";
  }

  boolean announcesAnother() {
    return value("continuation").equals("1");
  }

  /** The same for all segments of a call, and for those of no other. */
  String call() {
    return value("call_start") + " " + value("call_id");
  }

  @Nullable LocalDateTime start() {
    try {
      return LocalDateTime.parse(value("call_start"), START);
    } catch (DateTimeException e) {
      return null;
    }
  }

  /** In seconds; -1 when it is no time. */
  int connected() {
    try {
      return (int)
          Duration.between(LocalTime.MIN, LocalTime.parse(value("connected_time"))).toSeconds();
    } catch (DateTimeException e) {
      return -1;
    }
  }

  /** In seconds: connected, ringing, on hold and parked. */
  int total() {
    return connected()
        + Integer.parseInt(value("ring_time"))
        + Integer.parseInt(value("hold_time"))
        + Integer.parseInt(value("park_time"));
  }

  private boolean matches(String name, Pattern pattern) {
    return pattern.matcher(value(name)).matches();
  }

  private void check(
      String name, boolean holds, String example, int number, List<Violation> found) {
    if (!holds) {
      int index = NAMES.indexOf(name);
      int column =
          fields.subList(0, index).stream().mapToInt(field -> field.length() + 1).sum() + 1;
      found.add(
          new Violation(
              number,
              column,
              "Field "
                  + (index + 1)
                  + ", "
                  + name
                  + ", must be such as "
                  + example
                  + ", but is "
                  + Quoted.of(fields.get(index))
                  + "."));
    }
  }
}
