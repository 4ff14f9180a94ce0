package org.waybill.call.feed;

import static org.assertj.core.api.Assertions.assertThat;

import io.prometheus.metrics.expositionformats.PrometheusTextFormatWriter;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.waybill.platform.Metrics;
import org.waybill.testing.LeapingClock;

/** Nodes that poll with their own threads, in real time. */
class PollingTest {
  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final Duration SHORT = Duration.ofMillis(30);

  private final FeedServer server = new FeedServer();
  private final SomeFeeds feeds = new SomeFeeds(server.url(), new LeapingClock(Instant.now()), 10);
  private final Metrics metrics = new Metrics();

  @AfterEach
  void close() {
    feeds.close();
    server.close();
  }

  @Test
  void goesOnWithTheOtherFeedsWhileOneFails() throws InterruptedException {
    server.withFixtures();
    server.whim(
        (exchange, request) -> {
          if (request.feed() == Feed.OPERATORS) {
            FeedServer.send(exchange, 503, "");
            return true;
          }
          return false;
        });
    feeds.lease.release();
    Polling polling = polling(metrics);
    polling.start();
    await("SELECT COUNT(*) FROM normalized_cdrs", 20);
    assertThat(feeds.one("SELECT problem FROM feeds WHERE feed = 'operators'"))
        .endsWith("/flow/operators answers 503.");
    assertThat(feeds.count("SELECT COUNT(*) FROM feeds WHERE failing_since IS NOT NULL"))
        .isEqualTo(1);

    server.whim((exchange, request) -> false);
    await("SELECT COUNT(*) FROM feeds WHERE problem IS NOT NULL OR failures > 0", 0);
    await("SELECT COUNT(*) FROM feed_items WHERE feed = 'operators'", 10);
    polling.stop();
    assertThat(feeds.count("SELECT COUNT(*) FROM normalized_cdrs")).isEqualTo(20);
  }

  @Test
  void letsOneNodePollAtATimeAndAnotherGoOn() throws InterruptedException {
    server.withFixtures();
    feeds.lease.release();
    Polling first = polling(metrics);
    Polling second = polling(new Metrics());
    first.start();
    await("SELECT COUNT(*) FROM normalized_cdrs", 20);
    second.start();
    int epoch = feeds.count("SELECT epoch FROM feed_lease");
    server.put(Feed.CALLS, 990, server.get(Feed.CALLS, 520).replace("520", "990"));
    await("SELECT COUNT(*) FROM normalized_cdrs", 21);
    assertThat(feeds.count("SELECT epoch FROM feed_lease")).isEqualTo(epoch);
    first.stop();
    server.put(Feed.CALLS, 991, server.get(Feed.CALLS, 520).replace("520", "991"));
    await("SELECT COUNT(*) FROM normalized_cdrs", 22);
    assertThat(feeds.count("SELECT epoch FROM feed_lease")).isEqualTo(epoch + 1);
    second.stop();
    assertThat(feeds.count("SELECT SUM(version) FROM raw_cdrs")).isEqualTo(22);
  }

  @Test
  void leavesItToTheNodeThatPollsToSayWhatFails() throws Exception {
    server.whim(
        (exchange, request) -> {
          FeedServer.send(exchange, 503, "");
          return true;
        });
    feeds.lease.release();
    Polling polling = polling(metrics);
    polling.start();
    await("SELECT COUNT(*) FROM feeds WHERE problem IS NOT NULL", 4);
    assertThat(figures()).contains("waybill_feed_failing{feed=\"calls\"} 1");
    feeds.db.execute(
        "UPDATE feed_lease SET epoch = epoch + 1, node = 'another', expires_at = '2999-01-01'");
    long patience = System.nanoTime() + PATIENCE.toNanos();
    while (figures().contains("waybill_feed_failing{feed=\"calls\"} 1")
        && System.nanoTime() < patience) {
      Thread.sleep(20);
    }
    assertThat(figures()).contains("waybill_feed_failing{feed=\"calls\"} 0");
    polling.stop();
    feeds.db.execute("UPDATE feed_lease SET node = NULL, expires_at = NULL");
  }

  private String figures() throws IOException {
    ByteArrayOutputStream text = new ByteArrayOutputStream();
    PrometheusTextFormatWriter.create().write(text, metrics.registry().scrape());
    return text.toString(StandardCharsets.UTF_8);
  }

  private void await(String count, int wanted) throws InterruptedException {
    assertThat(feeds.db.awaitCount(count, wanted, PATIENCE)).isEqualTo(wanted);
  }

  private Polling polling(Metrics of) {
    FeedTerms terms = new FeedTerms(1001, SHORT, 7, 500, 100_000, SHORT, SomeFeeds.MAX_AGE);
    return new Polling(
        new Polling.Platform(FeedAddress.of(server.url()), Duration.ofSeconds(10), terms),
        new Polling.House(
            feeds.db.database(),
            feeds.records,
            feeds.some.organizations,
            feeds.some.keeping,
            Clock.systemUTC(),
            of),
        Duration.ofDays(400));
  }
}
