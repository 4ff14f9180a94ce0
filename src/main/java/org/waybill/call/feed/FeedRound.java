package org.waybill.call.feed;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.function.BooleanSupplier;
import org.waybill.collect.Keeping;
import org.waybill.document.Violation;

/**
 * Reads one feed to its end. From time to time it looks back below the cursor, where an id may
 * appear late; and each time it asks for items that said they last, since their end does not give
 * them another id.
 */
final class FeedRound {
  private static final Logger LOG = System.getLogger(FeedRound.class.getName());
  private static final Duration LOOK_BACK = Duration.ofSeconds(30);
  private static final int MOST_UNFINISHED = 500;
  private static final int MOST_ASKED_AGAIN = 5;

  private final Feed feed;
  private final PageReading pages;
  private final FeedStore store;
  private final Rejects rejects;
  private final FeedTerms terms;
  private final Clock clock;
  private final FeedMetrics metrics;
  private final BooleanSupplier stopped;
  private final PieceReader reader;

  private Instant nextLookBack = Instant.MIN;
  private long unfinishedAfter = -1;
  private boolean renumbered;

  FeedRound(Feed feed, FeedClient client, Way way, FeedTerms terms, BooleanSupplier stopped) {
    this.feed = feed;
    this.pages = new PageReading(feed, client, terms);
    this.store = way.store();
    this.rejects = new Rejects(way.keeping(), feed, terms.rmOrgId(), way.clock());
    this.terms = terms;
    this.clock = way.clock();
    this.metrics = way.metrics();
    this.stopped = stopped;
    this.reader = new PieceReader(feed);
  }

  /** Where items go. */
  record Way(FeedStore store, Keeping keeping, Clock clock, FeedMetrics metrics) {}

  /**
   * @param items how many there were
   * @param highest of their ids; negative when there is none
   * @param next from where to go on; empty at the end
   */
  private record Step(int items, long highest, OptionalLong next) {}

  /**
   * @throws FeedFailure when the feed cannot be read
   * @throws Fenced when another node polls now
   */
  void run() throws InterruptedException {
    long cursor = store.cursor(feed);
    readOn(cursor, Long.MAX_VALUE);
    Instant now = clock.instant();
    if (cursor > 0 && !now.isBefore(nextLookBack)) {
      lookBack(cursor);
      nextLookBack = now.plus(LOOK_BACK);
    }
    if (feed == Feed.CALLS || feed == Feed.CONNECTIONS) {
      askAgain();
    }
  }

  private void readOn(long from, long until) throws InterruptedException {
    OptionalLong next = OptionalLong.of(from);
    while (next.isPresent() && next.getAsLong() < until && !stopped.getAsBoolean()) {
      next = step(next.getAsLong(), terms.limit()).next();
    }
  }

  private void lookBack(long cursor) throws InterruptedException {
    long from = Math.max(0, cursor - terms.overlap());
    Step first = step(from, terms.limit());
    boolean gone = first.items() == 0;
    if (gone && !renumbered) {
      LOG.log(
          Level.WARNING,
          "WB-FEED-05 {0} no longer holds item {1}, the last one read. If the platform has begun to"
              + " number anew, new items go unseen until they are past that number: see"
              + " docs/feeds.md.",
          pages.shown(),
          String.valueOf(cursor));
    }
    renumbered = gone;
    if (first.next().isPresent()) {
      readOn(first.next().getAsLong(), cursor);
    }
  }

  /** A few at each poll, and the others at the next ones. */
  private void askAgain() throws InterruptedException {
    for (int asked = 0; asked < MOST_ASKED_AGAIN && !stopped.getAsBoolean(); asked++) {
      List<Long> ids = store.unfinished(feed, unfinishedAfter, MOST_UNFINISHED);
      if (ids.isEmpty()) {
        unfinishedAfter = -1;
        return;
      }
      long first = ids.get(0);
      long last = first;
      for (long id : ids) {
        last = id < first + terms.limit() ? id : last;
      }
      step(first - 1, Math.toIntExact(last - first + 1));
      unfinishedAfter = last;
    }
  }

  private Step step(long cursor, int limit) throws InterruptedException {
    PageReading.Answer answer = pages.read(cursor, limit);
    List<Piece> pieces = new ArrayList<>();
    long highest = -1;
    for (String item : answer.items()) {
      PieceReader.Result result = reader.read(item);
      if (result instanceof PieceReader.Result.Read read) {
        pieces.add(read.piece());
        highest = Math.max(highest, read.piece().id());
      } else {
        List<Violation> violations = ((PieceReader.Result.Wrong) result).violations();
        keep(item, answer.fault().isEmpty() ? violations : answer.fault());
        highest = Math.max(highest, reader.idOf(item).orElse(-1));
      }
    }
    OptionalLong next = answer.next(cursor, highest);
    if (answer.isFull() && next.isEmpty() && highest < 0) {
      throw new FeedFailure(
          pages.shown() + " gives a full page of items of which none has a readable id.");
    }
    FeedStore.Stored stored = store.store(feed, pieces, Math.max(highest, next.orElse(-1)));
    metrics.stored(feed, stored);
    return new Step(answer.items().size(), highest, next);
  }

  private void keep(String item, List<Violation> violations) {
    if (rejects.keep(item, violations)) {
      metrics.rejected(feed);
      LOG.log(
          Level.WARNING,
          "WB-FEED-04 An item of {0} is not what was promised, and is kept as a rejected document:"
              + " {1} The others go on. Correct it on the platform; it is read again.",
          pages.shown(),
          violations.get(0).message());
    }
  }
}
