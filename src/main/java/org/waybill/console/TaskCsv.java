package org.waybill.console;

import java.io.BufferedWriter;
import java.io.IOException;
import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.waybill.report.Found;
import org.waybill.report.TaskLine;
import org.waybill.report.TaskSearch;
import org.waybill.task.TaskFilter;

/** Tasks as RFC 4180 has them. Read page by page, so that any number takes the same memory. */
final class TaskCsv {
  private static final int PAGE = 1000;
  private static final String HEADER =
      "id,type,state,priority,createTime,nextAttempt,retry,nodeIndex,rmOrgID,cdr,TableSuffix,"
          + "deliveriesWaiting,deliveriesFailed\r\n";

  private TaskCsv() {}

  static void write(TaskSearch tasks, TaskFilter filter, @Nullable Long before, OutputStream output)
      throws IOException {
    Writer writer = new BufferedWriter(new OutputStreamWriter(output, StandardCharsets.UTF_8));
    writer.write(HEADER);
    Long cursor = before;
    do {
      Found<TaskLine> page = tasks.page(filter, cursor, PAGE);
      for (TaskLine line : page.items()) {
        writer.write(row(line));
      }
      cursor = page.next() == null ? null : Long.valueOf(page.next());
    } while (cursor != null);
    writer.flush();
  }

  private static String row(TaskLine line) {
    Instant next = line.nextAttempt();
    Integer node = line.nodeIndex();
    return String.join(
            ",",
            String.valueOf(line.id()),
            CdrCsv.quoted(line.type()),
            TaskJson.word(line.state()),
            line.priority().word(),
            line.createTime().toString(),
            next == null ? "" : next.toString(),
            String.valueOf(line.retry()),
            node == null ? "" : node.toString(),
            String.valueOf(line.rmOrgId()),
            line.cdr().toString(),
            line.tableSuffix().toString(),
            String.valueOf(line.waiting()),
            String.valueOf(line.failed()))
        + "\r\n";
  }
}
