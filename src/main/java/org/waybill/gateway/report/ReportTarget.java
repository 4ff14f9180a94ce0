package org.waybill.gateway.report;

import java.util.concurrent.ThreadLocalRandom;
import org.waybill.gateway.Verdict;

/** Where files go. */
interface ReportTarget {
  /** For verdicts on files, which have no status of HTTP. */
  int WRITTEN = 0;

  /**
   * Puts a file there, whole and durable under its name or not at all. One that is there already
   * under that name is the same, written before, and is replaced.
   *
   * <p>What prevents it is never the fault of what the file says, so it is the target that is
   * blamed, and the file tried again for as long as it takes: there is no gap in the numbers.
   */
  Verdict put(String name, byte[] content);

  /**
   * The name of a file for as long as it is not whole. Another one each time: a node that was
   * paused while it wrote must not meet the one that took over from it.
   */
  static String part(String name) {
    return "." + name + "." + Integer.toHexString(ThreadLocalRandom.current().nextInt()) + ".part";
  }
}
