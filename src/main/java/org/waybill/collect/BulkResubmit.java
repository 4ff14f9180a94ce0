package org.waybill.collect;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.waybill.operation.ItemOutcome;
import org.waybill.operation.NotNow;
import org.waybill.operation.OperationKind;
import org.waybill.operation.Order;
import org.waybill.operation.Selection;
import org.waybill.platform.Database;

/**
 * Sends all open rejected documents that match through the intake again. Those of a page share
 * group commits. After a crash between such a commit and the record of it, the document is sent
 * again and is found to be stored already.
 */
@ApplicationScoped
public class BulkResubmit implements OperationKind {
  public static final String NAME = "rejected.resubmit";

  private static final Duration PATIENCE = Duration.ofSeconds(5);

  private final Database database;
  private final Resubmission resubmission;

  @Inject
  public BulkResubmit(Database database, Resubmission resubmission) {
    this.database = database;
    this.resubmission = resubmission;
  }

  @SuppressWarnings("NullAway") // only for the proxy, which never calls it
  protected BulkResubmit() {
    this(null, null);
  }

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public Selection select(String filter) {
    return RejectedSelection.select(database, filter);
  }

  @Override
  public List<String> page(Order order, @Nullable String after, int limit) {
    return RejectedSelection.page(database, order, after, limit);
  }

  @Override
  public int pageSize() {
    return 1000;
  }

  @Override
  public Work begin(Order order, List<String> items) {
    Map<String, Underway> underway = new LinkedHashMap<>();
    RejectedSelection.bodies(database, items)
        .forEach((item, body) -> underway.put(item, resubmission.begin(body)));
    Deadline deadline = Deadline.in(PATIENCE);
    Map<String, Verdict> verdicts = new LinkedHashMap<>();
    underway.forEach((item, one) -> verdicts.put(item, resubmission.settle(one, deadline)));
    if (isNotTheHour(verdicts)) {
      throw new NotNow("documents cannot be stored in time; see that the database keeps up.");
    }
    return connection -> record(connection, order, items, verdicts);
  }

  /** A full queue is nobody's fault, and when none at all is stored it is not theirs either. */
  private static boolean isNotTheHour(Map<String, Verdict> verdicts) {
    boolean busy =
        verdicts.values().stream()
            .anyMatch(verdict -> verdict instanceof Verdict.Later later && later.busy());
    boolean none = verdicts.values().stream().allMatch(verdict -> verdict instanceof Verdict.Later);
    return busy || (none && !verdicts.isEmpty());
  }

  private static List<ItemOutcome> record(
      Connection connection, Order order, List<String> items, Map<String, Verdict> verdicts)
      throws SQLException {
    List<String> accepted =
        items.stream().filter(item -> verdicts.get(item) instanceof Verdict.Accepted).toList();
    RejectedSelection.decide(connection, RejectedState.ACCEPTED, order, accepted);
    explain(connection, items, verdicts);
    List<ItemOutcome> outcomes = new ArrayList<>(items.size());
    for (String item : items) {
      outcomes.add(outcome(item, verdicts.get(item)));
    }
    return outcomes;
  }

  private static void explain(
      Connection connection, List<String> items, Map<String, Verdict> verdicts)
      throws SQLException {
    try (PreparedStatement update = connection.prepareStatement(RejectedRows.EXPLAIN)) {
      boolean any = false;
      for (String item : items) {
        if (verdicts.get(item) instanceof Verdict.Unacceptable unacceptable) {
          RejectedPostings.explained(connection, Long.parseLong(item), unacceptable.rejection());
          RejectedRows.bindExplain(update, Long.parseLong(item), unacceptable.rejection());
          update.addBatch();
          any = true;
        }
      }
      if (any) {
        update.executeBatch();
      }
    }
  }

  private static ItemOutcome outcome(String item, @Nullable Verdict verdict) {
    if (verdict == null) {
      return RejectedSelection.gone(item);
    }
    if (verdict instanceof Verdict.Accepted accepted) {
      String already = accepted.duplicate() ? "It was stored already" : "Stored";
      return ItemOutcome.ok(item, already + " as CDR " + accepted.uuid() + ".");
    }
    if (verdict instanceof Verdict.Unacceptable unacceptable) {
      return ItemOutcome.failed(item, Violations.inShort(unacceptable.rejection().violations()));
    }
    return ItemOutcome.failed(
        item, "It could not be stored just now and stays open; resubmit it again.");
  }
}
