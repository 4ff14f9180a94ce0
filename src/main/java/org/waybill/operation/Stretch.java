package org.waybill.operation;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.sql.SQLException;
import java.util.List;
import org.waybill.operation.OperationKind.Work;
import org.waybill.platform.Database;
import org.waybill.platform.DatabaseException;
import org.waybill.platform.WaybillException;

/** Some items of an operation, from their work to its record. */
final class Stretch {
  private static final Logger LOG = System.getLogger(Stretch.class.getName());

  private final Database database;
  private final OperationLeases leases;
  private final OperationKind kind;
  private final Order order;
  private final Lease lease;
  private long processed;

  Stretch(
      Database database, OperationLeases leases, OperationKind kind, Running running, Lease lease) {
    this.database = database;
    this.leases = leases;
    this.kind = kind;
    this.order = running.order();
    this.lease = lease;
    this.processed = running.operation().progress().processed();
  }

  /** Works on all of them; one at fault fails alone. */
  void work(List<String> items) {
    try {
      record(items, kind.begin(order, items));
    } catch (RuntimeException e) {
      if (!isOfAnItem(e)) {
        throw e;
      }
      if (items.size() == 1) {
        ItemOutcome failed = ItemOutcome.failed(items.get(0), sentence(e));
        record(items, connection -> List.of(failed));
      } else {
        int half = items.size() / 2;
        work(items.subList(0, half));
        work(items.subList(half, items.size()));
      }
    }
  }

  private void record(List<String> items, Work work) {
    database.transact(
        "work on operation " + lease.operation(),
        connection -> {
          leases.hold(connection, lease);
          List<ItemOutcome> outcomes = work.finish(connection);
          if (outcomes.size() != items.size()) {
            throw new IllegalStateException(
                kind.name() + " told " + outcomes.size() + " outcomes of " + items.size());
          }
          Outcomes.insert(connection, lease.operation(), processed, outcomes);
          String last = items.get(items.size() - 1);
          OperationLeases.progress(connection, lease, outcomes, last);
          return true;
        });
    processed += items.size();
    work.committed();
  }

  /** Whether it is one of the items that makes this trouble, and not the database or the hour. */
  private static boolean isOfAnItem(RuntimeException e) {
    if (e instanceof NotNow || e instanceof Fenced) {
      return false;
    }
    if (e instanceof DatabaseException && e.getCause() instanceof SQLException cause) {
      String state = cause.getSQLState() == null ? "" : cause.getSQLState();
      // Data exception, integrity constraint violation.
      return state.startsWith("22") || state.startsWith("23");
    }
    return true;
  }

  private String sentence(RuntimeException e) {
    if (e instanceof WaybillException) {
      return String.valueOf(e.getMessage());
    }
    LOG.log(
        Level.ERROR,
        "WB-OPERATION-03 An item of operation "
            + lease.operation()
            + " failed for a reason of our own; the others go on. Report it with this stack trace.",
        e);
    return "The server failed at it; its log says why, under WB-OPERATION-03.";
  }
}
