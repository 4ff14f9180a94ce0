package org.waybill.call.events;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.waybill.access.Caller;
import org.waybill.access.Role;
import org.waybill.call.AssembledCall;
import org.waybill.call.CallRecords;
import org.waybill.call.Recorded;
import org.waybill.collect.RejectionReason;
import org.waybill.normalize.lifecycle.LifecycleCall;
import org.waybill.normalize.lifecycle.LifecycleDialect;
import org.waybill.normalize.lifecycle.LifecycleDocument;
import org.waybill.platform.Database;

/**
 * Hands calls over as CDRs: those that have ended when the grace is over, those that never end when
 * they have been waited for long enough, and both again whenever another event of them comes.
 */
final class Closing {
  private static final Logger LOG = System.getLogger(Closing.class.getName());
  private static final int MOST = 200;
  private static final Duration SOON = Duration.ofSeconds(3);
  private static final Duration FIRST_RETRY = Duration.ofSeconds(15);
  private static final int MOST_DOUBLINGS = 8;
  static final String SENDER = "lifecycle";

  private final Database database;
  private final CallRecords records;
  private final Owner owner;
  private final CallRow.Patience patience;
  private final Clock clock;
  private final CallMetrics metrics;

  Closing(
      Database database,
      CallRecords records,
      Owner owner,
      CallRow.Patience patience,
      Clock clock,
      CallMetrics metrics) {
    this.database = database;
    this.records = records;
    this.owner = owner;
    this.patience = patience;
    this.clock = clock;
    this.metrics = metrics;
  }

  /**
   * Hands over what is due.
   *
   * @return whether there may be more
   */
  boolean round() {
    Claim claim = new Claim();
    List<Claim.HandOver> due = new ArrayList<>();
    int taken =
        database.transact(
            "claim calls that are due",
            connection -> {
              due.clear();
              return take(connection, claim, due);
            });
    if (!due.isEmpty()) {
      List<Recorded> recorded =
          records.record(due.stream().map(one -> assembled(one, claim)).toList());
      database.transact(
          "note the CDRs of calls", connection -> settle(connection, claim, due, recorded));
      for (int i = 0; i < due.size(); i++) {
        tell(due.get(i), recorded.get(i));
      }
    }
    return taken == MOST;
  }

  private int take(Connection connection, Claim claim, List<Claim.HandOver> due)
      throws SQLException {
    Instant now = clock.instant();
    Map<String, CallRow> rows = claim.take(connection, now, MOST);
    if (rows.isEmpty()) {
      return 0;
    }
    Map<String, List<StoredEvent>> events = events(connection, rows.values());
    for (CallRow row : rows.values()) {
      Claim.HandOver one = handOver(row, events.getOrDefault(row.callId(), List.of()), now);
      if (one == null) {
        claim.postpone(connection, row.callId(), null, null);
      } else if (one.rmOrgId() == null && row.rejectedId() != null) {
        claim.postpone(connection, row.callId(), null, retry(row.tries(), now));
      } else {
        due.add(one);
      }
    }
    claim.note(connection, due);
    return rows.size();
  }

  private static Map<String, List<StoredEvent>> events(
      Connection connection, Collection<CallRow> rows) throws SQLException {
    List<String> few = new ArrayList<>();
    Map<String, List<StoredEvent>> events = new HashMap<>();
    for (CallRow row : rows) {
      if (row.revision() <= EventRows.MOST) {
        few.add(row.callId());
      } else {
        events.put(row.callId(), EventRows.first(connection, row.callId()));
      }
    }
    events.putAll(EventRows.of(connection, few));
    return events;
  }

  private Claim.@Nullable HandOver handOver(CallRow row, List<StoredEvent> events, Instant now) {
    boolean over = row.timeline().isOver(patience, now);
    Instant timedOut = row.timeline().timedOut();
    LifecycleCall call = Assembly.of(events, over).orElse(null);
    return call == null
        ? null
        : new Claim.HandOver(
            row.callId(),
            owner.of(row, call.tenant()),
            call,
            events.size(),
            over && timedOut == null ? now : timedOut);
  }

  private AssembledCall assembled(Claim.HandOver one, Claim claim) {
    Integer owner = one.rmOrgId();
    Set<Integer> owners = owner == null ? Set.of() : Set.of(owner);
    return new AssembledCall(
        LifecycleDialect.FORMAT,
        new Caller(SENDER, Set.of(Role.SWITCH), owners),
        owner == null ? null : LifecycleDialect.uuid(owner, one.callId()),
        LifecycleDocument.write(one.call()),
        clock.instant(),
        connection -> claim.holds(connection, one.callId()));
  }

  private int settle(
      Connection connection, Claim claim, List<Claim.HandOver> due, List<Recorded> recorded)
      throws SQLException {
    Instant now = clock.instant();
    for (int i = 0; i < due.size(); i++) {
      Claim.HandOver one = due.get(i);
      if (recorded.get(i) instanceof Recorded.Kept kept) {
        claim.kept(connection, one, kept);
      } else if (recorded.get(i) instanceof Recorded.Rejected rejected) {
        boolean nobodys = rejected.reason() == RejectionReason.UNKNOWN_ORGANIZATION;
        Instant next = nobodys ? retry(0, now) : null;
        claim.postpone(connection, one.callId(), rejected.rejectedId(), next);
      } else if (recorded.get(i) instanceof Recorded.Later) {
        claim.postpone(connection, one.callId(), null, now.plus(SOON));
      }
    }
    return due.size();
  }

  /** Its organization may be made soon, or never. */
  private static Instant retry(int tries, Instant now) {
    return now.plus(FIRST_RETRY.multipliedBy(1L << Math.min(tries, MOST_DOUBLINGS)));
  }

  private void tell(Claim.HandOver one, Recorded recorded) {
    boolean timedOut = one.call().status() == LifecycleCall.Status.TIMED_OUT;
    metrics.closed(recorded, timedOut);
    if (timedOut && recorded instanceof Recorded.Kept kept && kept.how() == Recorded.How.NEW) {
      LOG.log(
          Level.WARNING,
          "WB-CALL-01 Call {0} has not ended within {1} and is closed as timed out, as CDR {2}."
              + " See that its platform sends call.ended; should that still come, the CDR is amended.",
          one.callId(),
          patience.maxAge(),
          kept.uuid());
    }
  }
}
