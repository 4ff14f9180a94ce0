package org.waybill.console;

import java.io.BufferedWriter;
import java.io.IOException;
import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;
import org.waybill.report.CdrCursor;
import org.waybill.report.CdrFilter;
import org.waybill.report.CdrLine;
import org.waybill.report.CdrSearch;
import org.waybill.report.Found;

/** CDRs as RFC 4180 has them. Read page by page, so that any number takes the same memory. */
final class CdrCsv {
  private static final int PAGE = 1000;
  private static final String HEADER =
      "id,uuid,StartEpoch,TableSuffix,rmOrgID,source,receivedAt,caller_id_number,"
          + "destination_number,call_direction,hangup_cause,billsec\r\n";

  private CdrCsv() {}

  static void write(
      CdrSearch cdrs, CdrFilter filter, @Nullable CdrCursor after, OutputStream output)
      throws IOException {
    Writer writer = new BufferedWriter(new OutputStreamWriter(output, StandardCharsets.UTF_8));
    writer.write(HEADER);
    CdrCursor cursor = after;
    do {
      Found<CdrLine> page = cdrs.page(filter, cursor, PAGE);
      for (CdrLine line : page.items()) {
        writer.write(row(line));
      }
      cursor = page.next() == null ? null : CdrCursor.parse(page.next());
    } while (cursor != null);
    writer.flush();
  }

  private static String row(CdrLine line) {
    return String.join(
            ",",
            String.valueOf(line.id()),
            line.uuid().toString(),
            String.valueOf(line.startEpoch()),
            line.tableSuffix(),
            String.valueOf(line.rmOrgId()),
            quoted(line.source()),
            line.receivedAt().toString(),
            quoted(line.callingNumber()),
            quoted(line.calledNumber()),
            quoted(line.direction()),
            quoted(line.hangupCause()),
            line.billsec() == null ? "" : line.billsec().toString())
        + "\r\n";
  }

  static String quoted(@Nullable String text) {
    if (text == null) {
      return "";
    }
    boolean plain = text.chars().noneMatch(c -> c == ',' || c == '"' || c == '\r' || c == '\n');
    return plain ? text : '"' + text.replace("\"", "\"\"") + '"';
  }
}
