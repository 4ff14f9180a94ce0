package org.waybill.call.feed;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.waybill.access.Organization;
import org.waybill.access.Organizations;
import org.waybill.call.CallRecords;
import org.waybill.platform.Database;

/**
 * Puts calls together when nothing was learnt of them for a while, and lets their CDRs say so. A
 * call of which a crash leaves it unknown whether it was recorded is recorded again, which changes
 * nothing.
 */
final class Assembler {
  private static final Logger LOG = System.getLogger(Assembler.class.getName());
  private static final int MOST = 200;

  private final Hands hands;
  private final Database database;
  private final FeedTerms terms;
  private final FeedStates states;
  private final Clock clock;
  private final Set<Integer> unknown = new HashSet<>();

  Assembler(Hands hands, FeedTerms terms, FeedStates states, Clock clock) {
    this.hands = hands;
    this.database = hands.database();
    this.terms = terms;
    this.states = states;
    this.clock = clock;
  }

  /** What it works with. */
  record Hands(
      Database database, FeedLease lease, CallRecords records, Organizations organizations) {

    Optional<Organization> owner(int rmOrgId) {
      return organizations.find(rmOrgId).filter(Organization::active);
    }
  }

  /** How a round went. */
  enum Result {
    /** As many as are taken at once: there may be more. */
    MORE,
    ALL,
    /** The database takes nothing now. */
    AWAY
  }

  /**
   * @throws Fenced when another node does it by now
   */
  Result run() {
    Instant now = clock.instant();
    adoptOwned(now);
    List<DueCall> due =
        database.read(
            "find calls to put together", connection -> CallRows.due(connection, until(now), MOST));
    if (due.isEmpty()) {
      return Result.ALL;
    }
    AssemblyRound round = new AssemblyRound(hands, terms, now, pieces(due));
    due.forEach(round::look);
    boolean away = round.record();
    round.unowned().forEach(this::sayUnknown);
    database.transact(
        "note what came of calls",
        connection -> {
          hands.lease().hold(connection);
          CallRows.settle(connection, round.settled());
          return round.settled().size();
        });
    if (away) {
      return Result.AWAY;
    }
    return due.size() == MOST ? Result.MORE : Result.ALL;
  }

  /**
   * A call is due after the grace, so the feeds have been read that much later than what was learnt
   * of it.
   */
  private Instant until(Instant now) {
    Instant read = states.readUntil(now).plus(terms.grace());
    return read.isBefore(now) ? read : now;
  }

  private Map<Long, List<Piece>> pieces(List<DueCall> due) {
    return database.read(
        "read the pieces of calls",
        connection -> {
          Map<Long, List<Piece>> byCall = new HashMap<>();
          Set<Long> operators = new HashSet<>();
          for (Piece piece :
              PieceRows.ofCalls(connection, due.stream().map(DueCall::callId).toList())) {
            byCall
                .computeIfAbsent(Objects.requireNonNull(piece.callId()), id -> new ArrayList<>())
                .add(piece);
            Optional.ofNullable(piece.operatorId()).ifPresent(operators::add);
          }
          Map<Long, Piece> named = PieceRows.find(connection, Feed.OPERATORS, operators);
          byCall.values().forEach(pieces -> addOperators(pieces, named));
          return byCall;
        });
  }

  private static void addOperators(List<Piece> pieces, Map<Long, Piece> named) {
    List<Piece> operators =
        pieces.stream()
            .map(Piece::operatorId)
            .filter(Objects::nonNull)
            .distinct()
            .map(named::get)
            .filter(Objects::nonNull)
            .toList();
    pieces.addAll(operators);
  }

  /** Calls that were rejected only since their organization was not there are due when it is. */
  private void adoptOwned(Instant now) {
    List<Integer> awaited =
        database.read("find organizations that are awaited", CallRows::awaitedOwners);
    for (int rmOrgId : awaited) {
      if (hands.owner(rmOrgId).isPresent()) {
        unknown.remove(rmOrgId);
        database.transact(
            "take up the calls of an organization",
            connection -> {
              hands.lease().hold(connection);
              CallRows.own(connection, rmOrgId, now);
              return rmOrgId;
            });
      }
    }
  }

  private void sayUnknown(int rmOrgId) {
    if (unknown.add(rmOrgId)) {
      LOG.log(
          Level.WARNING,
          "WB-FEED-07 Organization {0}, whose the polled calls are, is not a known, active one. They"
              + " are kept as rejected documents, and stored by themselves once it is there: POST"
              + " /api/organizations, or correct WAYBILL_FEED_ORG.",
          String.valueOf(rmOrgId));
    }
  }
}
