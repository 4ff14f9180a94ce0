package org.waybill.call.feed;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.ThreadLocalRandom;

/** Polls one feed, from the start of the server to its stop, whatever becomes of the others. */
final class FeedLoop {
  private static final Logger LOG = System.getLogger(FeedLoop.class.getName());
  private static final Duration NOT_OURS = Duration.ofSeconds(1);
  private static final Duration DATABASE_AWAY = Duration.ofSeconds(3);

  private final Feed feed;
  private final FeedRound round;
  private final FeedRoom room;
  private final BackOff backOff;
  private final Duration interval;
  private int failures;
  private boolean away;
  private boolean known;

  FeedLoop(Feed feed, FeedRound round, FeedRoom room, Duration interval) {
    this.feed = feed;
    this.round = round;
    this.room = room;
    this.backOff = new BackOff(interval, () -> ThreadLocalRandom.current().nextLong());
    this.interval = interval;
  }

  void run() {
    room.takeTurns(this::turn);
  }

  /** Returns how long to wait then. */
  private Duration turn() throws InterruptedException {
    try {
      Duration pause = room.lease().isOurs() ? poll() : leave();
      away = false;
      return pause;
    } catch (Fenced e) {
      LOG.log(Level.DEBUG, "The lease was lost while a feed was read.", e);
      return leave();
    } catch (RuntimeException e) {
      if (!away) {
        LOG.log(
            Level.ERROR,
            "WB-FEED-03 What the feed "
                + feed.word()
                + " brings cannot be stored; it is read again from where it was. See that the"
                + " database is up.",
            e);
      }
      away = true;
      return DATABASE_AWAY;
    }
  }

  /** To another node, which also says from now on how the feed is. */
  private Duration leave() {
    room.states().left(feed);
    failures = 0;
    known = false;
    return NOT_OURS;
  }

  private Duration poll() throws InterruptedException {
    Instant begun = room.clock().instant();
    try {
      round.run();
    } catch (FeedFailure e) {
      return room.stopped().getCount() == 0 ? Duration.ZERO : failed(e);
    }
    room.states().read(feed, begun);
    room.metrics().read(feed);
    recovered();
    return interval;
  }

  private Duration failed(FeedFailure failure) {
    failures++;
    room.states().failed(feed);
    room.metrics().failed(feed);
    Duration pause = backOff.after(failures, failure.retryAfter());
    if (failures == 1) {
      LOG.log(
          Level.WARNING,
          "WB-FEED-01 The feed {0} cannot be read: {1} It is tried again, the other feeds go on.",
          feed.word(),
          failure.getMessage());
    }
    room.database()
        .transact(
            "note that a feed fails",
            connection -> {
              FeedRows.failed(
                  connection,
                  feed,
                  failures,
                  String.valueOf(failure.getMessage()),
                  room.clock().instant());
              return failures;
            });
    return pause;
  }

  /** Also once at the start, since a server before may have failed. */
  private void recovered() {
    if (failures > 0 || !known) {
      room.database()
          .transact(
              "note that a feed is read",
              connection -> {
                FeedRows.recovered(connection, feed);
                return feed;
              });
      known = true;
    }
    if (failures > 0) {
      LOG.log(Level.INFO, "WB-FEED-02 The feed {0} is read again.", feed.word());
    }
    failures = 0;
  }
}
