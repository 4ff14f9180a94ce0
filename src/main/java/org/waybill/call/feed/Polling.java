package org.waybill.call.feed;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.waybill.access.Organizations;
import org.waybill.call.CallRecords;
import org.waybill.collect.Keeping;
import org.waybill.platform.Database;
import org.waybill.platform.Metrics;

/** One node's polling of a platform: a thread for each feed, and one that puts calls together. */
final class Polling {
  private static final Logger LOG = System.getLogger(Polling.class.getName());
  private static final Duration LONGEST_STOP = Duration.ofSeconds(15);

  private final CountDownLatch stopped = new CountDownLatch(1);
  private final FeedClient client;
  private final FeedLease lease;
  private final List<Thread> threads = new ArrayList<>();

  /** What is polled. */
  record Platform(FeedAddress address, Duration timeout, FeedTerms terms) {}

  /** What of ours takes part. */
  record House(
      Database database,
      CallRecords records,
      Organizations organizations,
      Keeping keeping,
      Clock clock,
      Metrics metrics) {}

  /**
   * @param kept how long pieces stay of which no CDR was made
   */
  Polling(Platform platform, House house, Duration kept) {
    FeedTerms terms = platform.terms();
    Clock clock = house.clock();
    Database database = house.database();
    client = new FeedClient(platform.address(), platform.timeout(), terms.maxBytes(), clock);
    lease = new FeedLease(database, name());
    FeedStates states = new FeedStates();
    FeedMetrics metrics = new FeedMetrics(house.metrics().registry(), states);
    FeedRound.Way way =
        new FeedRound.Way(
            new FeedStore(database, lease, terms, clock), house.keeping(), clock, metrics);
    FeedRoom room = new FeedRoom(database, lease, states, metrics, clock, stopped);
    for (Feed feed : Feed.values()) {
      FeedRound round = new FeedRound(feed, client, way, terms, () -> stopped.getCount() == 0);
      add("waybill-feed-" + feed.word(), new FeedLoop(feed, round, room, terms.interval())::run);
    }
    Assembler assembler =
        new Assembler(
            new Assembler.Hands(database, lease, house.records(), house.organizations()),
            terms,
            states,
            clock);
    FeedRetention retention = new FeedRetention(database, lease, kept, terms.overlap(), clock);
    add("waybill-feed-calls-made", new AssemblyLoop(assembler, retention, room)::run);
  }

  void start() {
    threads.forEach(Thread::start);
  }

  void stop() {
    stopped.countDown();
    client.stop();
    try {
      for (Thread thread : threads) {
        thread.join(LONGEST_STOP.toMillis());
      }
      lease.release();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (RuntimeException e) {
      LOG.log(Level.INFO, "Feeds were not handed over; others notice in time. ({0})", e);
    }
  }

  private void add(String name, Runnable work) {
    Thread thread = new Thread(work, name);
    thread.setDaemon(true);
    thread.setContextClassLoader(Polling.class.getClassLoader());
    threads.add(thread);
  }

  private static String name() {
    long process = ProcessHandle.current().pid();
    try {
      return InetAddress.getLocalHost().getHostName() + ":" + process;
    } catch (UnknownHostException e) {
      return "localhost:" + process;
    }
  }
}
