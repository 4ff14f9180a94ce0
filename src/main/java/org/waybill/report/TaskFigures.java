package org.waybill.report;

import java.util.Map;
import org.waybill.ledger.Account;

/** How many tasks of a group there were, and how far they are. */
public record TaskFigures(
    String group, long tasks, long pending, long done, long failed, long cancelled) {

  static TaskFigures of(String group, Map<Account, Long> counts) {
    long pending = counts.getOrDefault(Account.PENDING, 0L);
    long done = counts.getOrDefault(Account.DONE, 0L);
    long failed = counts.getOrDefault(Account.FAILED, 0L);
    long cancelled = counts.getOrDefault(Account.CANCELLED, 0L);
    return new TaskFigures(
        group, pending + done + failed + cancelled, pending, done, failed, cancelled);
  }
}
