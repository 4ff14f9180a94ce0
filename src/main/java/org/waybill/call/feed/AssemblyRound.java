package org.waybill.call.feed;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.waybill.access.Caller;
import org.waybill.access.Organization;
import org.waybill.access.Role;
import org.waybill.call.AssembledCall;
import org.waybill.call.Recorded;
import org.waybill.normalize.callflow.CallflowDialect;

/** The calls that are put together at once, and what came of each. */
final class AssemblyRound {
  private static final Logger LOG = System.getLogger(AssemblyRound.class.getName());
  private static final String SENDER = "feeds";

  private final Assembler.Hands hands;
  private final FeedTerms terms;
  private final Instant now;
  private final Map<Long, List<Piece>> pieces;
  private final Map<DueCall, AssembledCall> ready = new LinkedHashMap<>();
  private final Set<DueCall> unended = new HashSet<>();
  private final Set<Integer> unowned = new HashSet<>();
  private final List<SettledCall> settled = new ArrayList<>();

  /**
   * @param pieces of each call, by its id
   */
  AssemblyRound(
      Assembler.Hands hands, FeedTerms terms, Instant now, Map<Long, List<Piece>> pieces) {
    this.hands = hands;
    this.terms = terms;
    this.now = now;
    this.pieces = pieces;
  }

  /** What came of those of which something did. */
  List<SettledCall> settled() {
    return List.copyOf(settled);
  }

  /** Organizations that are not there, so that their calls were rejected. */
  Set<Integer> unowned() {
    return Set.copyOf(unowned);
  }

  void look(DueCall call) {
    List<Piece> own = pieces.getOrDefault(call.callId(), List.of());
    Assembly assembly = Assembly.of(own);
    if (assembly instanceof Assembly.Waiting) {
      settled.add(SettledCall.waits(call, CallState.WAITING, null));
    } else if (assembly instanceof Assembly.Open open) {
      lookAtOpen(call, open, own);
    } else {
      ready.put(call, assembled(call, ((Assembly.Over) assembly).document()));
    }
  }

  private void lookAtOpen(DueCall call, Assembly.Open open, List<Piece> own) {
    ZoneId zone = hands.owner(call.rmOrgId()).map(Organization::timeZone).orElse(ZoneOffset.UTC);
    Instant latest = open.call().start(zone).plus(terms.maxAge());
    if (latest.isAfter(now)) {
      settled.add(SettledCall.waits(call, CallState.OPEN, latest));
    } else {
      unended.add(call);
      ready.put(call, assembled(call, Assembly.unended(own)));
    }
  }

  private AssembledCall assembled(DueCall call, String document) {
    return new AssembledCall(
        CallflowDialect.FORMAT,
        new Caller(SENDER, Set.of(Role.SWITCH), Set.of(call.rmOrgId())),
        CallflowDialect.uuid(call.rmOrgId(), call.callId()),
        document.getBytes(StandardCharsets.UTF_8),
        call.learntAt(),
        connection -> hands.lease().isHeld(connection) && CallRows.isNewest(connection, call));
  }

  /** Returns whether some could not be recorded now. */
  boolean record() {
    List<DueCall> calls = List.copyOf(ready.keySet());
    List<Recorded> recorded = hands.records().record(List.copyOf(ready.values()));
    boolean away = false;
    for (int i = 0; i < calls.size(); i++) {
      away |= recorded.get(i) instanceof Recorded.Later;
      settle(calls.get(i), recorded.get(i));
    }
    if (!unended.isEmpty()) {
      LOG.log(
          Level.WARNING,
          "WB-FEED-06 {0} calls have not ended within WAYBILL_CALL_MAX_AGE, and are stored without"
              + " an end: SELECT call_id FROM feed_calls WHERE state = ''unended''. An end that"
              + " still comes amends them.",
          unended.size());
    }
    return away;
  }

  private void settle(DueCall call, Recorded recorded) {
    if (recorded instanceof Recorded.Kept kept) {
      CallState state = unended.contains(call) ? CallState.UNENDED : CallState.STORED;
      settled.add(new SettledCall(call, state, null, kept.uuid(), kept.day(), null));
    } else if (recorded instanceof Recorded.Rejected rejected) {
      boolean owned = hands.owner(call.rmOrgId()).isPresent();
      if (!owned) {
        unowned.add(call.rmOrgId());
      }
      CallState state = owned ? CallState.REJECTED : CallState.UNOWNED;
      settled.add(new SettledCall(call, state, null, null, null, rejected.rejectedId()));
    }
  }
}
