package org.waybill.call.feed;

import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** How this node's polls of the feeds went last. */
final class FeedStates {
  /** A feed with a long way to its end does not hold up calls for longer. */
  private static final Duration LONGEST_WAIT = Duration.ofMinutes(15);

  private static final Set<Feed> OF_PIECES =
      Set.of(Feed.CALL_EVENTS, Feed.CONNECTIONS, Feed.OPERATORS);

  private final Map<Feed, Instant> read = new ConcurrentHashMap<>();
  private final Set<Feed> failing = ConcurrentHashMap.newKeySet();

  /**
   * @param begun when the poll began that has come to the feed's end
   */
  void read(Feed feed, Instant begun) {
    failing.remove(feed);
    read.put(feed, begun);
  }

  void failed(Feed feed) {
    failing.add(feed);
  }

  /** Another node polls it now. */
  void left(Feed feed) {
    failing.remove(feed);
  }

  boolean isFailing(Feed feed) {
    return failing.contains(feed);
  }

  @Nullable Instant readAt(Feed feed) {
    return read.get(feed);
  }

  /**
   * Up to when all feeds have been read that could tell more of a call. A feed that fails is not
   * waited for: what it brings later is an amendment.
   */
  Instant readUntil(Instant now) {
    Instant longest = now.minus(LONGEST_WAIT);
    Instant all = now;
    for (Feed feed : OF_PIECES) {
      Instant one = read.getOrDefault(feed, longest);
      if (!isFailing(feed) && one.isBefore(all)) {
        all = one;
      }
    }
    return all.isBefore(longest) ? longest : all;
  }
}
