package org.waybill.operation;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Any;
import jakarta.enterprise.inject.Instance;
import jakarta.inject.Inject;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.waybill.access.Audit;
import org.waybill.platform.Database;
import org.waybill.platform.Where;

/** Starts, shows and steers operations. Whichever node is free works on them. */
@ApplicationScoped
public class Operations {
  private final Database database;
  private final OperationKinds kinds;

  @Inject
  public Operations(Database database, @Any Instance<OperationKind> kinds) {
    this(database, (Iterable<OperationKind>) kinds);
  }

  Operations(Database database, Iterable<OperationKind> kinds) {
    this.database = database;
    this.kinds = new OperationKinds(kinds);
  }

  @SuppressWarnings("NullAway") // only for the proxy, which never calls it
  protected Operations() {
    this(null, (Iterable<OperationKind>) null);
  }

  /** How many items an operation would be about now. */
  public long matching(String kind, String filter) {
    return select(kind, filter).total();
  }

  /** The same, and whether they were counted to the end. */
  public Selection select(String kind, String filter) {
    return kinds.get(kind).select(filter);
  }

  /**
   * Writes an operation down, with the line in the audit that says who and why. Its work begins
   * within half a second, on this node or another.
   *
   * @return its id
   */
  public long start(NewOperation wish) {
    Selection selection = kinds.get(wish.kind()).select(wish.filter()).limit(wish.limit());
    return database.transact(
        "start an operation",
        connection -> {
          long id = OperationRows.insert(connection, wish, selection);
          Audit.record(connection, AuditLines.started(id, wish, selection));
          return id;
        });
  }

  public Optional<Operation> find(long id) {
    Where it = new Where().and("id = ?", id);
    return database
        .read("find an operation", connection -> OperationRows.list(connection, it, 1))
        .stream()
        .findFirst();
  }

  /**
   * Newest first.
   *
   * @param before only those with a smaller id: the last one of the page before
   */
  public List<Operation> list(
      @Nullable OperationState state, @Nullable String kind, @Nullable Long before, int limit) {
    Where where =
        new Where()
            .and("state = ?", state == null ? null : state.word())
            .and("kind = ?", kind)
            .and("id < ?", before);
    return database.read(
        "list operations", connection -> OperationRows.list(connection, where, limit));
  }

  /**
   * What came of an operation's items, in the order of work; nothing any more when it ended long
   * ago.
   *
   * @param after only those with a greater number: the last one of the page before
   */
  public List<NumberedOutcome> outcomes(
      long id, OutcomeFilter filter, @Nullable Long after, int limit) {
    Where where = filter.where(id).and("number > ?", after);
    return database.read(
        "list outcomes of an operation", connection -> Outcomes.list(connection, where, limit));
  }

  /** Holds a running one; the stretch that is under way is finished, which takes half a second. */
  public Steered pause(long id, String who) {
    return become(id, OperationState.PAUSED, who);
  }

  /** Lets a paused or failed one go on where it stopped. */
  public Steered resume(long id, String who) {
    return become(id, OperationState.RUNNING, who);
  }

  /** Ends one for good. What was done stays done. */
  public Steered cancel(long id, String who) {
    return become(id, OperationState.CANCELLED, who);
  }

  /**
   * Lets one that is not over go on at another rate, within half a second.
   *
   * @param ratePerSecond items a second at the most; null for as fast as it goes
   */
  public Steered rate(long id, @Nullable Integer ratePerSecond, String who) {
    return database.transact(
        "change the rate of an operation",
        connection -> {
          OperationState state = OperationRows.lock(connection, id);
          if (state == null) {
            return new Steered.Unknown();
          }
          if (state.isFinal()) {
            return new Steered.Forbidden(state);
          }
          Integer before = OperationRows.setRate(connection, id, ratePerSecond);
          Audit.record(connection, AuditLines.rate(id, before, ratePerSecond, who));
          return changed(connection, id);
        });
  }

  private static Steered changed(Connection connection, long id) throws SQLException {
    Where it = new Where().and("id = ?", id);
    return new Steered.Changed(OperationRows.list(connection, it, 1).get(0));
  }

  private Steered become(long id, OperationState next, String who) {
    return database.transact(
        "steer an operation",
        connection -> {
          OperationState state = OperationRows.lock(connection, id);
          if (state == null) {
            return new Steered.Unknown();
          }
          if (!state.mayBecome(next)) {
            return new Steered.Forbidden(state);
          }
          OperationRows.become(connection, id, next);
          Audit.record(connection, AuditLines.steered(id, next, who));
          return changed(connection, id);
        });
  }
}
