package org.waybill.collect;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.waybill.cdr.CallFacts;
import org.waybill.cdr.CdrStore;
import org.waybill.cdr.NewCdr;
import org.waybill.cdr.StoredKey;
import org.waybill.cdr.TableSuffix;
import org.waybill.ledger.Account;
import org.waybill.ledger.Page;
import org.waybill.ledger.Postings;
import org.waybill.task.NewTask;
import org.waybill.task.NewTaskRow;
import org.waybill.task.StoredTask;
import org.waybill.task.TaskStore;

/**
 * What one commit does for a group: finds out who is stored already, stores the others with their
 * tasks. Has no effect but on its connection, so that it can be rolled back and run again.
 */
final class CdrTransaction {
  /** Retention is taking its day away this minute; a repeat is stored anew once that is done. */
  private static final Outcome LEAVING = new Outcome.Unavailable();

  private final CdrStore cdrs;
  private final TaskStore tasks;

  CdrTransaction(CdrStore cdrs, TaskStore tasks) {
    this.cdrs = cdrs;
    this.tasks = tasks;
  }

  /** Outcomes in the order of the group, and how many deliveries they brought. */
  record Result(List<Outcome> outcomes, int deliveries) {}

  Result run(Connection connection, List<Waiting> group) throws SQLException {
    Map<UUID, StoredKey> known = cdrs.find(connection, uuids(group));
    Set<UUID> seen = new HashSet<>(known.keySet());
    boolean[] first = new boolean[group.size()];
    List<Waiting> fresh = new ArrayList<>();
    for (int i = 0; i < group.size(); i++) {
      first[i] = seen.add(uuid(group.get(i)));
      if (first[i]) {
        fresh.add(group.get(i));
      }
    }
    Set<TableSuffix> leaving = cdrs.leavingDays(connection, cdrs(fresh));
    fresh.removeIf(waiting -> leaving.contains(waiting.cdr().cdr().tableSuffix()));
    Map<Long, List<StoredTask>> tasksOf =
        tasks.ofCdrs(connection, known.values().stream().map(StoredKey::id).toList());
    Postings postings = new Postings();
    int deliveries = store(connection, fresh, known, tasksOf, postings);
    List<Outcome> outcomes = new ArrayList<>(group.size());
    for (int i = 0; i < group.size(); i++) {
      StoredKey key = known.get(uuid(group.get(i)));
      outcomes.add(key == null ? LEAVING : outcome(group.get(i), key, first[i], tasksOf));
    }
    post(group, outcomes, postings);
    postings.write(connection);
    return new Result(outcomes, deliveries);
  }

  /** A conflict is counted where it is kept as a rejected document. */
  private static void post(List<Waiting> group, List<Outcome> outcomes, Postings postings) {
    for (int i = 0; i < group.size(); i++) {
      if (outcomes.get(i) instanceof Outcome.Kept kept) {
        NewCdr cdr = group.get(i).cdr();
        Page page = Page.of(cdr.receivedAt(), cdr.source(), cdr.cdr().rmOrgId());
        int seconds = CallFacts.of(cdr.cdr()).answeredSeconds();
        Account account = kept instanceof Outcome.Duplicate ? Account.DUPLICATE : Account.STORED;
        postings.add(page, Account.RECEIVED, 1, seconds).add(page, account, 1, seconds);
      }
    }
  }

  /** Adds what it stored to what is known. */
  private int store(
      Connection connection,
      List<Waiting> fresh,
      Map<UUID, StoredKey> known,
      Map<Long, List<StoredTask>> tasksOf,
      Postings postings)
      throws SQLException {
    if (fresh.isEmpty()) {
      return 0;
    }
    List<Long> ids = cdrs.insert(connection, cdrs(fresh));
    List<NewTaskRow> rows = new ArrayList<>();
    for (int i = 0; i < fresh.size(); i++) {
      NewCdr cdr = fresh.get(i).cdr();
      known.put(uuid(fresh.get(i)), key(ids.get(i), cdr));
      for (NewTask task : fresh.get(i).tasks()) {
        rows.add(taskRow(ids.get(i), cdr, task));
      }
    }
    TaskStore.Inserted inserted = tasks.insert(connection, rows, postings);
    for (StoredTask task : inserted.tasks()) {
      tasksOf.computeIfAbsent(task.cdrId(), id -> new ArrayList<>()).add(task);
    }
    return inserted.deliveries();
  }

  private static Outcome outcome(
      Waiting waiting, StoredKey key, boolean first, Map<Long, List<StoredTask>> tasksOf) {
    List<StoredTask> tasks = tasksOf.getOrDefault(key.id(), List.of());
    if (first) {
      return new Outcome.Stored(key.id(), key.tableSuffix(), tasks);
    }
    return key.contentHash().equals(waiting.cdr().contentHash())
        ? new Outcome.Duplicate(key.id(), key.tableSuffix(), tasks)
        : new Outcome.Conflict(key.id());
  }

  private static List<NewCdr> cdrs(List<Waiting> group) {
    return group.stream().map(Waiting::cdr).toList();
  }

  private static Set<UUID> uuids(Collection<Waiting> group) {
    Set<UUID> uuids = new LinkedHashSet<>();
    for (Waiting waiting : group) {
      uuids.add(uuid(waiting));
    }
    return uuids;
  }

  private static StoredKey key(long id, NewCdr cdr) {
    return new StoredKey(id, cdr.cdr().uuid(), cdr.cdr().tableSuffix(), cdr.contentHash());
  }

  private static NewTaskRow taskRow(long id, NewCdr cdr, NewTask task) {
    return new NewTaskRow(
        id, cdr.cdr().tableSuffix(), cdr.cdr().rmOrgId(), task, cdr.receivedAt(), cdr.source());
  }

  private static UUID uuid(Waiting waiting) {
    return waiting.cdr().cdr().uuid();
  }
}
