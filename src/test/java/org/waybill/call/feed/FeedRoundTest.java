package org.waybill.call.feed;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.LongStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.waybill.testing.LeapingClock;
import org.waybill.testing.TestDatabase;

/** What is asked of a platform, and what becomes of its answers. */
class FeedRoundTest {
  private static final String EVENT =
      "{\"event_id\":%d,\"call_id\":%d,\"event_type\":\"on_hold\",\"payload\":{\"duration\":3}}";

  private final LeapingClock clock = new LeapingClock(Instant.parse("2026-11-21T12:00:00Z"));
  private final FeedServer server = new FeedServer();
  private final TestDatabase db = TestDatabase.fresh();
  private SomeFeeds feeds = house(10);

  private SomeFeeds house(int limit) {
    return new SomeFeeds(db, server.url(), clock, limit);
  }

  @AfterEach
  void close() {
    feeds.close();
    server.close();
  }

  @Test
  void readsPagesToTheEndAndGoesOnFromTheLastId() throws InterruptedException {
    events(1, 25);
    feeds.poll(Feed.CALL_EVENTS);
    assertThat(cursors()).containsExactly(0L, 10L, 20L);
    assertThat(stored()).isEqualTo(25);

    events(26, 27);
    server.forgetRequests();
    feeds.poll(Feed.CALL_EVENTS);
    assertThat(cursors()).first().isEqualTo(25L);
    assertThat(stored()).isEqualTo(27);
    assertThat(feeds.one("SELECT body FROM feed_items WHERE item_id = 27"))
        .isEqualTo(EVENT.formatted(27, 2));
  }

  @Test
  void takesTheEmptyPageAfterAnExactMultipleForTheEnd() throws InterruptedException {
    events(1, 20);
    feeds.poll(Feed.CALL_EVENTS);
    assertThat(cursors()).containsExactly(0L, 10L, 20L);
    assertThat(feeds.store.cursor(Feed.CALL_EVENTS)).isEqualTo(20);
  }

  @Test
  void readsTheBareArrayToo() throws InterruptedException {
    server.bare();
    events(1, 20);
    feeds.poll(Feed.CALL_EVENTS);
    assertThat(cursors()).containsExactly(0L, 10L, 20L);
    assertThat(stored()).isEqualTo(20);
  }

  @Test
  void endsWithAPlatformThatDoesNotLookAtTheCursor() throws InterruptedException {
    server.whim(
        (exchange, request) -> {
          FeedServer.send(exchange, 200, "[" + EVENT.formatted(1, 1) + "]");
          return true;
        });
    feeds.close();
    feeds = house(1);
    feeds.poll(Feed.CALL_EVENTS);
    feeds.poll(Feed.CALL_EVENTS);
    assertThat(stored()).isEqualTo(1);
  }

  @Test
  void goesOnWhereItWasWhenItDiesBetweenTwoPages() throws InterruptedException {
    events(1, 30);
    server.whim(
        (exchange, request) -> {
          if (request.cursor() == 20) {
            FeedServer.send(exchange, 500, "");
            return true;
          }
          return false;
        });
    assertThatThrownBy(() -> feeds.poll(Feed.CALL_EVENTS))
        .isInstanceOf(FeedFailure.class)
        .hasMessageContaining("answers 500");
    assertThat(stored()).isEqualTo(20);
    server.whim((exchange, request) -> false);
    server.forgetRequests();
    feeds.close();
    feeds = house(10);
    feeds.poll(Feed.CALL_EVENTS);
    assertThat(cursors()).startsWith(20L, 30L);
    assertThat(stored()).isEqualTo(30);
  }

  @Test
  void findsIdsThatAppearBelowTheCursor() throws InterruptedException {
    events(1, 3);
    events(5, 9);
    feeds.poll(Feed.CALL_EVENTS);
    feeds.poll(Feed.CALL_EVENTS);
    events(4, 4);
    feeds.poll(Feed.CALL_EVENTS);
    assertThat(stored()).isEqualTo(8);
    clock.leap(Duration.ofSeconds(30));
    feeds.poll(Feed.CALL_EVENTS);
    assertThat(stored()).isEqualTo(9);
    assertThat(feeds.store.cursor(Feed.CALL_EVENTS)).isEqualTo(9);
  }

  @Test
  void asksAgainForACallUntilItHasItsEndHoweverFarBelowTheCursorItIs() throws InterruptedException {
    server.put(Feed.CALLS, 7, call(7, null));
    for (long id = 1000; id < 1010; id++) {
      server.put(Feed.CALLS, id, call(id, "2026-11-21T11:59:00Z"));
    }
    feeds.poll(Feed.CALLS);
    server.forgetRequests();
    feeds.poll(Feed.CALLS);
    assertThat(server.requests(Feed.CALLS)).contains(new FeedServer.Request(Feed.CALLS, 6, 1));
    server.put(Feed.CALLS, 7, call(7, "2026-11-21T11:59:30Z"));
    feeds.poll(Feed.CALLS);
    assertThat(feeds.one("SELECT unfinished FROM feed_items WHERE item_id = 7")).isEqualTo("0");
    server.forgetRequests();
    feeds.poll(Feed.CALLS);
    assertThat(server.requests(Feed.CALLS)).hasSize(1);
  }

  @Test
  void doesNotReopenWhatHasEnded() throws InterruptedException {
    server.put(Feed.CALLS, 7, call(7, "2026-11-21T11:59:30Z"));
    feeds.poll(Feed.CALLS);
    server.put(Feed.CALLS, 7, call(7, null));
    feeds.poll(Feed.CALLS);
    assertThat(feeds.one("SELECT unfinished FROM feed_items")).isEqualTo("0");
  }

  @Test
  void keepsAnItemThatIsNotWhatWasPromisedAndGoesOn() throws InterruptedException {
    events(1, 2);
    server.put(Feed.CALL_EVENTS, 3, "{\"event_id\":3,\"call_id\":{},\"event_type\":[\"x\"]}");
    server.put(Feed.CALL_EVENTS, 4, "{\"event_id\":4, nonsense}");
    server.put(Feed.CALL_EVENTS, 5, "17");
    events(6, 7);
    feeds.poll(Feed.CALL_EVENTS);
    clock.leap(Duration.ofSeconds(30));
    feeds.poll(Feed.CALL_EVENTS);

    assertThat(stored()).isEqualTo(4);
    assertThat(feeds.count("SELECT COUNT(*) FROM rejected_cdrs")).isEqualTo(3);
    assertThat(feeds.count("SELECT MAX(times) FROM rejected_cdrs")).isEqualTo(1);
    assertThat(feeds.one("SELECT CONCAT(source, ' ', reason, ' ', rmOrgID) FROM rejected_cdrs"))
        .isEqualTo("callflow INVALID 1001");
    assertThat(feeds.one("SELECT body FROM rejected_cdrs ORDER BY id"))
        .isEqualTo(server.get(Feed.CALL_EVENTS, 3));
    assertThat(feeds.one("SELECT violations FROM rejected_cdrs ORDER BY id"))
        .contains("call_id of a call event must be a whole number", "event_type of a call event");
  }

  @Test
  void isolatesTheItemThatBreaksAPageOrMakesItTooLong() throws InterruptedException {
    events(1, 19);
    server.put(Feed.CALL_EVENTS, 5, "{\"event_id\":5,\"call_id\":1,\"event_type\":\"unclosed}");
    server.put(
        Feed.CALL_EVENTS,
        11,
        EVENT.formatted(11, 1).replace("on_hold", "x".repeat(feeds.terms.maxBytes())));
    feeds.poll(Feed.CALL_EVENTS);

    assertThat(stored()).isEqualTo(17);
    assertThat(feeds.store.cursor(Feed.CALL_EVENTS)).isEqualTo(19);
    assertThat(feeds.one("SELECT violations FROM rejected_cdrs ORDER BY id"))
        .contains("The answer for this item is JSON that is broken or cut off");
    assertThat(feeds.one("SELECT violations FROM rejected_cdrs ORDER BY id DESC"))
        .contains("is longer than 100000 bytes");
  }

  @Test
  void doesNotTakeALoginPageForAFeed() {
    events(1, 3);
    server.whim(
        (exchange, request) -> {
          FeedServer.send(exchange, 200, "<html>Sign in");
          return true;
        });
    assertThatThrownBy(() -> feeds.poll(Feed.CALL_EVENTS))
        .hasMessageContaining("is no JSON array or object");
    server.whim(
        (exchange, request) -> {
          FeedServer.send(exchange, 200, "{\"detail\":\"no\"}");
          return true;
        });
    assertThatThrownBy(() -> feeds.poll(Feed.CALL_EVENTS))
        .hasMessageContaining("without an array results");
    assertThat(feeds.count("SELECT COUNT(*) FROM rejected_cdrs")).isZero();
    assertThat(feeds.store.cursor(Feed.CALL_EVENTS)).isZero();
  }

  @Test
  void writesNothingWhenAnotherNodePollsByNow() {
    events(1, 3);
    db.execute("UPDATE feed_lease SET epoch = epoch + 1");
    assertThatThrownBy(() -> feeds.poll(Feed.CALL_EVENTS)).isInstanceOf(Fenced.class);
    assertThat(stored()).isZero();
    assertThat(feeds.store.cursor(Feed.CALL_EVENTS)).isZero();
  }

  private void events(long first, long last) {
    LongStream.rangeClosed(first, last)
        .forEach(id -> server.put(Feed.CALL_EVENTS, id, EVENT.formatted(id, 1 + id / 20)));
  }

  private static String call(long id, @Nullable String end) {
    String finished = end == null ? "null" : '"' + end + '"';
    return "{\"call_id\":%d,\"initiated_at\":\"2026-11-21T11:50:00Z\",\"finished_at\":%s}"
        .formatted(id, finished);
  }

  private List<Long> cursors() {
    return server.requests(Feed.CALL_EVENTS).stream().map(FeedServer.Request::cursor).toList();
  }

  private int stored() {
    return feeds.count("SELECT COUNT(*) FROM feed_items");
  }
}
