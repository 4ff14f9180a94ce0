package org.waybill.report;

import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.waybill.ledger.Account;
import org.waybill.ledger.Page;

/**
 * A page of the ledger: what came in on a day from a source for an organization, and what became of
 * it.
 *
 * @param recomputed the same from the rows that are stored, where that was asked for
 */
public record LedgerLine(
    Page page, Map<Account, Amount> booked, @Nullable Map<Account, Amount> recomputed) {
  private static final Amount NOTHING = new Amount(0, 0);

  /** Documents, CDRs or tasks, and answered seconds. */
  public record Amount(long count, long seconds) {
    Amount plus(Amount other) {
      return new Amount(count + other.count, seconds + other.seconds);
    }
  }

  public long count(Account account) {
    return booked.getOrDefault(account, NOTHING).count();
  }

  public long seconds(Account account) {
    return booked.getOrDefault(account, NOTHING).seconds();
  }

  /** Those whose bytes had been rejected before are rejected, too. */
  public long rejected() {
    return count(Account.REJECTED) + count(Account.REPEATED);
  }

  /** Whether nothing is lost and nothing is there twice. */
  public boolean isBalanced() {
    return documentsAre() && secondsAre() && tasksAre() && rowsAre();
  }

  private boolean documentsAre() {
    return count(Account.RECEIVED) == count(Account.STORED) + count(Account.DUPLICATE) + rejected()
        && count(Account.STORED) == count(Account.FOUND);
  }

  private boolean secondsAre() {
    return seconds(Account.RECEIVED) + seconds(Account.AMENDED)
            == seconds(Account.STORED) + seconds(Account.DUPLICATE)
        && seconds(Account.STORED) == seconds(Account.FOUND);
  }

  private boolean tasksAre() {
    return count(Account.TASK)
        == count(Account.PENDING)
            + count(Account.DONE)
            + count(Account.FAILED)
            + count(Account.CANCELLED);
  }

  private boolean rowsAre() {
    return recomputed == null
        || recomputed.entrySet().stream()
            .allMatch(row -> row.getValue().equals(booked.getOrDefault(row.getKey(), NOTHING)));
  }
}
