package org.waybill.collect;

import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.waybill.cdr.NewCdr;
import org.waybill.cdr.NewRaw;
import org.waybill.task.NewTask;

/**
 * A CDR that waits for its commit, and the answer that its sender waits for. A sender that gives up
 * cancels the answer.
 *
 * @param since when it came, as {@link System#nanoTime} tells it
 */
record Waiting(NewCdr cdr, List<NewTask> tasks, CompletableFuture<Outcome> answer, long since) {
  /** Roughly what a row needs beside its document. */
  private static final long ROW_BYTES = 512;

  long bytes() {
    NewRaw raw = cdr.raw();
    long bytes = ROW_BYTES + cdr.xml().length() + (raw == null ? 0 : raw.packed().length());
    for (NewTask task : tasks) {
      bytes += ROW_BYTES + task.xml().length();
    }
    return bytes;
  }
}
