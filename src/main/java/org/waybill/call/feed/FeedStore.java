package org.waybill.call.feed;

import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.waybill.platform.Database;

/**
 * Keeps what a feed brings: pieces, the cursor after them, and that something was learnt of their
 * calls, in one transaction.
 */
final class FeedStore {
  private final Database database;
  private final FeedLease lease;
  private final FeedTerms terms;
  private final Clock clock;

  FeedStore(Database database, FeedLease lease, FeedTerms terms, Clock clock) {
    this.database = database;
    this.lease = lease;
    this.terms = terms;
    this.clock = clock;
  }

  /**
   * What storing pieces came to.
   *
   * @param fresh that were not there
   * @param changed that the platform now gives otherwise
   */
  record Stored(List<Piece> fresh, List<Piece> changed) {
    boolean isEmpty() {
      return fresh.isEmpty() && changed.isEmpty();
    }
  }

  long cursor(Feed feed) {
    return database.read("read a feed's cursor", connection -> FeedRows.cursor(connection, feed));
  }

  /** Ids of items after that one that said they last, and came not too long ago. */
  List<Long> unfinished(Feed feed, long after, int most) {
    Instant since = clock.instant().minus(terms.maxAge());
    return database.read(
        "find unfinished items",
        connection -> PieceRows.unfinished(connection, feed, after, since, most));
  }

  /**
   * Stores what is news, and moves the cursor there if that is forward.
   *
   * @param reached 0 or less leaves the cursor where it is
   * @throws Fenced when another node polls now
   */
  Stored store(Feed feed, Collection<Piece> pieces, long reached) {
    Stored news = news(feed, pieces);
    if (news.isEmpty() && reached <= cursor(feed)) {
      return news;
    }
    Instant now = clock.instant();
    return database.transact(
        "store what a feed brought",
        connection -> {
          lease.hold(connection);
          PieceRows.insert(connection, news.fresh(), now);
          PieceRows.update(connection, news.changed());
          CallRows.Times times = new CallRows.Times(now, now.plus(terms.grace()));
          CallRows.learnt(connection, calls(news), terms.rmOrgId(), times);
          if (feed == Feed.OPERATORS) {
            CallRows.learntOperators(
                connection, news.fresh().stream().map(Piece::id).toList(), times);
          }
          FeedRows.advance(connection, feed, reached);
          return news;
        });
  }

  /** Read before the transaction: whoever else could write is fenced off. */
  private Stored news(Feed feed, Collection<Piece> pieces) {
    Map<Long, Piece> given = new LinkedHashMap<>();
    pieces.forEach(piece -> given.put(piece.id(), piece));
    Map<Long, Piece> known =
        database.read(
            "read what is known of a feed",
            connection -> PieceRows.find(connection, feed, given.keySet()));
    List<Piece> fresh = new ArrayList<>();
    List<Piece> changed = new ArrayList<>();
    for (Piece piece : given.values()) {
      Piece before = known.get(piece.id());
      if (before == null) {
        fresh.add(piece);
      } else if (isNews(before, piece)) {
        changed.add(piece);
      }
    }
    return new Stored(staying(fresh), changed);
  }

  /** Without what retention has taken away, which the platform may still show. */
  private List<Piece> staying(List<Piece> fresh) {
    Set<Long> calls =
        fresh.stream().map(Piece::callId).filter(Objects::nonNull).collect(Collectors.toSet());
    Set<Long> left =
        database.read("find calls that left", connection -> CallRows.left(connection, calls));
    return fresh.stream()
        .filter(piece -> piece.callId() == null || !left.contains(piece.callId()))
        .toList();
  }

  /** What has ended does not last again, whatever an old copy of it says. */
  static boolean isNews(Piece before, Piece now) {
    boolean older = now.unfinished() && !before.unfinished();
    return !older && !now.body().equals(before.body());
  }

  private static SortedSet<Long> calls(Stored news) {
    return Stream.concat(news.fresh().stream(), news.changed().stream())
        .map(Piece::callId)
        .filter(Objects::nonNull)
        .collect(Collectors.toCollection(TreeSet::new));
  }
}
