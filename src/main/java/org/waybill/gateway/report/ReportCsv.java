package org.waybill.gateway.report;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.zip.GZIPOutputStream;
import org.jspecify.annotations.Nullable;

/**
 * A batch as a file: CSV (RFC 4180, UTF-8, lines end in LF) in gzip, with a line of names before
 * the records and one after them by which the file can be proven whole.
 */
final class ReportCsv {
  private static final String NAMES =
      "call_id,initiator_phone,call_type,scenario_id,start_time,end_time,duration_seconds,"
          + "operator_id,operator_name,call_result,number_of_connections,number_of_events\n";

  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("uuuuMMdd'T'HHmmss'Z'", Locale.ROOT).withZone(ZoneOffset.UTC);

  private ReportCsv() {}

  /** The name of a batch's file: in the order of numbers, and the same whenever it is written. */
  static String name(int gateway, long number, Instant madeAt) {
    return String.format(
        Locale.ROOT, "cdr-report-%d-%012d-%s.csv.gz", gateway, number, TIME.format(madeAt));
  }

  /** Whether a body is such a file: it begins as gzip does (RFC 1952, 2.3.1), JSON never so. */
  static boolean isOne(byte[] body) {
    return body.length > 1 && body[0] == 0x1f && (body[1] & 0xff) == 0x8b;
  }

  static byte[] of(long number, List<CallReport> calls) {
    StringBuilder text = new StringBuilder(NAMES);
    long seconds = 0;
    for (CallReport call : calls) {
      line(call, text);
      seconds += call.durationSeconds();
    }
    byte[] content = text.toString().getBytes(StandardCharsets.UTF_8);
    String trailer =
        String.join(
            ",",
            "TRAILER",
            Integer.toString(calls.size()),
            Long.toString(seconds),
            Long.toString(number),
            sha256(content) + "\n");
    return packed(content, trailer.getBytes(StandardCharsets.UTF_8));
  }

  private static void line(CallReport call, StringBuilder text) {
    List<String> values =
        List.of(
            value(call.callId()),
            value(call.initiatorPhone()),
            value(call.callType()),
            value(call.scenarioId()),
            call.startTime().toString(),
            call.endTime().toString(),
            Long.toString(call.durationSeconds()),
            value(call.operatorId()),
            value(call.operatorName()),
            value(call.callResult()),
            Long.toString(call.numberOfConnections()),
            Long.toString(call.numberOfEvents()));
    text.append(String.join(",", values)).append('\n');
  }

  private static String value(@Nullable String value) {
    if (value == null) {
      return "";
    }
    boolean plain = value.chars().noneMatch(c -> c == ',' || c == '"' || c == '\n' || c == '\r');
    return plain ? value : '"' + value.replace("\"", "\"\"") + '"';
  }

  private static String sha256(byte[] content) {
    try {
      return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(content));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("Every Java platform has SHA-256.", e);
    }
  }

  private static byte[] packed(byte[] content, byte[] trailer) {
    ByteArrayOutputStream packed = new ByteArrayOutputStream(content.length / 4 + 256);
    try (GZIPOutputStream gzip = new GZIPOutputStream(packed)) {
      gzip.write(content);
      gzip.write(trailer);
    } catch (IOException e) {
      throw new UncheckedIOException(e); // from memory to memory
    }
    return packed.toByteArray();
  }
}
