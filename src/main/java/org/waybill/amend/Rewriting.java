package org.waybill.amend;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.waybill.cdr.OldDays;
import org.waybill.cdr.Remakes;
import org.waybill.cdr.StoredCdr;
import org.waybill.cdr.TableSuffix;
import org.waybill.task.AmendedTask;
import org.waybill.task.Amendments;
import org.waybill.task.NewTask;
import org.waybill.task.NewTaskRow;
import org.waybill.task.TaskStore;

/** Writes remade CDRs with all that belongs to them, in one transaction. */
@ApplicationScoped
public class Rewriting {
  private final Amendments amendments;
  private final TaskStore tasks;
  private final Clock clock;
  private final OldDays oldDays = new OldDays();

  @Inject
  public Rewriting(Amendments amendments, TaskStore tasks, Clock clock) {
    this.amendments = amendments;
    this.tasks = tasks;
    this.clock = clock;
  }

  @SuppressWarnings("NullAway") // only for the proxy, which never calls it
  protected Rewriting() {
    this(null, null, null);
  }

  /**
   * @return the ids of the CDRs that were written: not those of a leaving day, nor those that are
   *     not as they were read any more
   */
  Set<Long> write(Connection connection, Collection<Remaking.Changed> changed) throws SQLException {
    Set<TableSuffix> staying = hold(connection, changed);
    Set<Long> written = new HashSet<>();
    List<AmendedTask> amended = new ArrayList<>();
    List<NewTaskRow> added = new ArrayList<>();
    Instant now = clock.instant();
    for (Remaking.Changed one : inOrder(changed)) {
      StoredCdr cdr = one.before().cdr();
      if (staying.contains(cdr.tableSuffix())
          && Remakes.store(connection, one.before(), one.now())) {
        written.add(cdr.id());
        amended.addAll(one.tasks());
        for (NewTask task : one.added()) {
          added.add(
              new NewTaskRow(cdr.id(), cdr.tableSuffix(), cdr.rmOrgId(), task, now, cdr.source()));
        }
      }
    }
    amendments.amend(connection, amended);
    tasks.insert(connection, added);
    return written;
  }

  private Set<TableSuffix> hold(Connection connection, Collection<Remaking.Changed> changed)
      throws SQLException {
    Set<TableSuffix> days = new TreeSet<>();
    changed.forEach(one -> days.add(one.before().cdr().tableSuffix()));
    Set<TableSuffix> staying = new HashSet<>();
    for (TableSuffix day : days) {
      if (oldDays.hold(connection, day)) {
        staying.add(day);
      }
    }
    return staying;
  }

  /** So that two operations on the same CDRs wait for each other instead of deadlocking. */
  private static List<Remaking.Changed> inOrder(Collection<Remaking.Changed> changed) {
    return changed.stream().sorted(Comparator.comparing(one -> one.before().cdr().id())).toList();
  }
}
