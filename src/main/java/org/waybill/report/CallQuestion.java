package org.waybill.report;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Which calls are counted, and by what; null means any. Those that began from (included) to (not),
 * as in a list of CDRs.
 */
public record CallQuestion(
    @Nullable Instant from, @Nullable Instant to, @Nullable Integer rmOrgId, CallGroup by) {
  /** Whole days from 1970 to the year 4707: beyond any call, and a multiple of every span. */
  static final long END = 1_000_000L * 86_400;

  /** Calls begin at whole seconds, after 1970. */
  long start() {
    return from == null ? 0 : within(CdrFilter.secondsUp(from));
  }

  long end() {
    return to == null ? END : within(CdrFilter.secondsUp(to));
  }

  private static long within(long second) {
    return Math.max(0, Math.min(END, second));
  }
}
