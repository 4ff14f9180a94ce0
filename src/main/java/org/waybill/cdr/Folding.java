package org.waybill.cdr;

import jakarta.enterprise.context.Dependent;
import jakarta.inject.Inject;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import org.waybill.ledger.Account;
import org.waybill.ledger.Entries;
import org.waybill.platform.Database;

/**
 * Adds up what commits have noted. A transaction takes its notes away with the one change that
 * makes them sums, so each CDR is always in exactly one of both; a crash leaves it where it was.
 */
@Dependent
public class Folding {
  private static final int MOST_RANGES = 500;
  private static final int MOST_IDS = 20_000;

  private final Database database;

  @Inject
  public Folding(Database database) {
    this.database = database;
  }

  /** What a round came to. */
  public enum Result {
    /** All that was there is folded. */
    ALL,
    /** There is more to fold. */
    MORE,
    /** Another node is at it. */
    ELSEWHERE
  }

  /** Folds a portion of CDRs and of entries. */
  public Result run() {
    return database.transact(
        "add up statistics",
        connection -> {
          if (!FoldGate.tryEnter(connection)) {
            return Result.ELSEWHERE;
          }
          boolean more = foldCdrs(connection);
          more |= Entries.fold(connection);
          return more ? Result.MORE : Result.ALL;
        });
  }

  /** All there is, however long it takes: for those who compare afterwards. */
  public void runAll() {
    while (run() != Result.ALL) {
      Thread.onSpinWait();
    }
  }

  /** Makes the sums of a day's CDRs anew, from the CDRs that are to be in them. */
  public void recount(TableSuffix day) {
    database.transact(
        "count a day anew",
        connection -> {
          FoldGate.enter(connection);
          CallSums.removeDay(connection, day);
          String its = "TableSuffix = '" + day + "'";
          CallSums.add(connection, its);
          List<IdRange> unfolded = CdrRanges.unfolded(connection);
          if (!unfolded.isEmpty()) {
            CallSums.subtract(connection, its + " AND " + Counted.within(unfolded));
          }
          return day;
        });
  }

  private static boolean foldCdrs(Connection connection) throws SQLException {
    List<IdRange> locked = CdrRanges.lock(connection, MOST_RANGES);
    if (locked.isEmpty()) {
      return false;
    }
    List<IdRange> whole = new ArrayList<>();
    long ids = 0;
    for (IdRange range : locked) {
      if (ids + range.ids() > MOST_IDS) {
        break;
      }
      ids += range.ids();
      whole.add(range);
    }
    if (whole.isEmpty()) {
      foldPart(connection, locked.get(0));
      return true;
    }
    fold(connection, CdrRanges.joined(whole));
    CdrRanges.delete(connection, whole);
    return whole.size() < locked.size() || locked.size() == MOST_RANGES;
  }

  /** The beginning of one that is too long for a transaction: all that was there at the upgrade. */
  private static void foldPart(Connection connection, IdRange range) throws SQLException {
    long next = range.first() + (long) MOST_IDS * range.step();
    fold(
        connection,
        List.of(new IdRange(range.first(), next - range.step(), range.step(), range.days())));
    CdrRanges.shorten(connection, range, next);
  }

  private static void fold(Connection connection, List<IdRange> ranges) throws SQLException {
    String which = Counted.within(ranges);
    CallSums.add(connection, which);
    CallSums.post(connection, which, 1, Account.FOUND);
  }
}
