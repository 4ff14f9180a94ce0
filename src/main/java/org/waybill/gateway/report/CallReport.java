package org.waybill.gateway.report;

import java.time.Instant;
import java.util.UUID;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.waybill.cdr.Cdr;

/**
 * What a consumer of CDR reports is told of one call. Texts that a CDR does not have are empty, and
 * numbers 0; an operator and a result are null, since many sources know no such thing.
 *
 * @param callId the source's own where that is an integer, else the CDR's uuid
 */
public record CallReport(
    String callId,
    String initiatorPhone,
    String callType,
    String scenarioId,
    Instant startTime,
    Instant endTime,
    long durationSeconds,
    @Nullable String operatorId,
    @Nullable String operatorName,
    @Nullable String callResult,
    long numberOfConnections,
    long numberOfEvents) {
  private static final Pattern INTEGER = Pattern.compile("0|-?[1-9][0-9]{0,17}");

  /** No call lasts longer: whoever says so counts something else. */
  private static final long LONGEST_SECONDS = 10L * 366 * 24 * 3600;

  public static CallReport of(Cdr cdr) {
    Instant start = Instant.ofEpochSecond(cdr.startEpoch());
    long seconds = seconds(cdr);
    return new CallReport(
        callId(cdr.variable("call_id"), cdr.uuid()),
        text(cdr, "caller_id_number"),
        text(cdr, "call_direction"),
        text(cdr, "scenario_id"),
        start,
        start.plusSeconds(seconds),
        seconds,
        textOrNull(cdr, "operator_id"),
        textOrNull(cdr, "operator_name"),
        textOrNull(cdr, "call_result"),
        Math.max(0, number(cdr, "number_of_connections", 0)),
        Math.max(0, number(cdr, "number_of_events", 0)));
  }

  /** Whether it is a number in JSON, and keeps each of its digits as one. */
  static boolean isInteger(String text) {
    return INTEGER.matcher(text).matches();
  }

  private static String callId(@Nullable String own, UUID uuid) {
    return own != null && isInteger(own.strip()) ? own.strip() : uuid.toString();
  }

  private static long seconds(Cdr cdr) {
    long end = number(cdr, "end_epoch", cdr.startEpoch());
    long answered = number(cdr, "billsec", end - cdr.startEpoch());
    return Math.min(LONGEST_SECONDS, Math.max(0, number(cdr, "duration", answered)));
  }

  private static long number(Cdr cdr, String name, long otherwise) {
    String text = text(cdr, name).strip();
    return isInteger(text) ? Long.parseLong(text) : otherwise;
  }

  private static String text(Cdr cdr, String name) {
    String text = cdr.variable(name);
    return text == null ? "" : text;
  }

  private static @Nullable String textOrNull(Cdr cdr, String name) {
    String text = cdr.variable(name);
    return text == null || text.isBlank() ? null : text.strip();
  }
}
