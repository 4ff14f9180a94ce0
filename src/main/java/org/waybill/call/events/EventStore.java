package org.waybill.call.events;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.waybill.normalize.lifecycle.LifecycleCall;
import org.waybill.platform.Database;

/** Keeps events, each different one once, and lets the rows of their calls say what they say. */
final class EventStore {
  private static final Logger LOG = System.getLogger(EventStore.class.getName());

  private final Database database;
  private final Owner owner;
  private final CallRow.Patience patience;
  private final Clock clock;

  EventStore(Database database, Owner owner, CallRow.Patience patience, Clock clock) {
    this.database = database;
    this.owner = owner;
    this.patience = patience;
    this.clock = clock;
  }

  /**
   * Returns after the durable commit of all.
   *
   * @param events in the order of their arrival
   * @return how many of them were not kept already
   */
  int store(List<CallEvent> events) {
    return events.isEmpty()
        ? 0
        : database.transact("keep events of calls", connection -> store(connection, events));
  }

  private int store(Connection connection, List<CallEvent> events) throws SQLException {
    Instant now = clock.instant();
    SortedSet<String> callIds = new TreeSet<>();
    events.forEach(event -> callIds.add(event.callId()));
    Map<String, CallRow> rows = CallRows.lock(connection, callIds, now);
    Map<String, Integer> fresh = EventRows.insert(connection, events, now);
    SortedSet<String> assembled = new TreeSet<>();
    for (Map.Entry<String, Integer> one : fresh.entrySet()) {
      CallRow row = row(rows, one.getKey());
      int known = row.revision() + one.getValue();
      if (known <= EventRows.MOST) {
        assembled.add(row.callId());
      } else {
        CallRows.count(connection, row.callId(), known);
        warn(row);
      }
    }
    assemble(connection, assembled, rows, now);
    return fresh.values().stream().mapToInt(Integer::intValue).sum();
  }

  private void assemble(
      Connection connection, SortedSet<String> callIds, Map<String, CallRow> rows, Instant now)
      throws SQLException {
    Map<String, List<StoredEvent>> events = EventRows.of(connection, callIds);
    List<CallRows.Change> changes = new ArrayList<>();
    for (String callId : callIds) {
      changes.add(change(row(rows, callId), events.getOrDefault(callId, List.of()), now));
    }
    CallRows.update(connection, changes);
  }

  private static CallRow row(Map<String, CallRow> rows, String callId) throws SQLException {
    CallRow row = rows.get(callId);
    if (row == null) {
      throw new SQLException("The row of a call is gone that was locked.");
    }
    return row;
  }

  private static void warn(CallRow row) {
    if (row.revision() <= EventRows.MOST) {
      LOG.log(
          Level.WARNING,
          "WB-CALL-10 Call {0} has more than {1} events; more are kept, without effect. See whether"
              + " its platform uses one id for many calls.",
          row.callId(),
          EventRows.MOST);
    }
  }

  private CallRows.Change change(CallRow row, List<StoredEvent> events, Instant now) {
    CallRow.Timeline before = row.timeline();
    LifecycleCall call = Assembly.of(events, before.timedOut() != null).orElse(null);
    Instant ended = before.end() == null && call != null && call.end() != null ? now : before.end();
    CallRow.Timeline timeline = new CallRow.Timeline(before.first(), ended, before.timedOut());
    @Nullable Integer rmOrgId = owner.of(row, call == null ? null : call.tenant());
    Instant next = call == null ? null : timeline.due(patience, now);
    return new CallRows.Change(row.callId(), timeline, events.size(), call, rmOrgId, next);
  }
}
