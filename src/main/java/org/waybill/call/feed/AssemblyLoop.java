package org.waybill.call.feed;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.time.Instant;

/** Lets calls be put together, from the start of the server to its stop. */
final class AssemblyLoop {
  private static final Logger LOG = System.getLogger(AssemblyLoop.class.getName());
  private static final Duration PAUSE = Duration.ofMillis(500);
  private static final Duration NOT_OURS = Duration.ofSeconds(1);
  private static final Duration DATABASE_AWAY = Duration.ofSeconds(3);
  private static final Duration BETWEEN_COUNTS = Duration.ofSeconds(5);
  private static final Duration BETWEEN_RETENTIONS = Duration.ofMinutes(15);

  private final Assembler assembler;
  private final FeedRetention retention;
  private final FeedRoom room;
  private Instant nextCount = Instant.MIN;
  private Instant nextRetention = Instant.MIN;
  private boolean away;

  AssemblyLoop(Assembler assembler, FeedRetention retention, FeedRoom room) {
    this.assembler = assembler;
    this.retention = retention;
    this.room = room;
  }

  void run() {
    room.takeTurns(this::turn);
  }

  /** Returns how long to wait then. */
  private Duration turn() {
    try {
      Duration pause = room.lease().isOurs() ? work() : leave();
      away = false;
      return pause;
    } catch (Fenced e) {
      LOG.log(Level.DEBUG, "The lease was lost while calls were put together.", e);
      return leave();
    } catch (RuntimeException e) {
      if (!away) {
        LOG.log(
            Level.ERROR,
            "WB-FEED-08 Polled calls cannot be put together, which is tried again. See that the"
                + " database is up.",
            e);
      }
      away = true;
      return DATABASE_AWAY;
    }
  }

  private Duration leave() {
    room.metrics().notCounted();
    return NOT_OURS;
  }

  private Duration work() {
    Assembler.Result result = assembler.run();
    Instant now = room.clock().instant();
    if (!now.isBefore(nextCount)) {
      room.metrics().counted(room.database().read("count polled calls", CallRows::counts));
      nextCount = now.plus(BETWEEN_COUNTS);
    }
    if (!now.isBefore(nextRetention)) {
      retention.run();
      nextRetention = now.plus(BETWEEN_RETENTIONS);
    }
    return switch (result) {
      case MORE -> Duration.ZERO;
      case ALL -> PAUSE;
      case AWAY -> DATABASE_AWAY;
    };
  }
}
