package org.waybill.call.feed;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.sun.net.httpserver.HttpExchange;
import java.io.IOException;
import java.net.ServerSocket;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** How a platform is asked, over real HTTP. */
class FeedClientTest {
  private static final Duration PATIENCE = Duration.ofSeconds(20);

  private final FeedServer server = new FeedServer();

  @AfterEach
  void close() {
    server.close();
  }

  @Test
  void asksWithCursorAndLimitAndWithWhatTheSettingNames() throws InterruptedException {
    List<String> asked = new CopyOnWriteArrayList<>();
    server.whim(
        (exchange, request) -> {
          asked.add(
              exchange.getRequestURI()
                  + " "
                  + exchange.getRequestHeaders().getFirst("Authorization"));
          return false;
        });
    URI url = URI.create(server.url().toString().replace("//", "//me:s%40y@") + "/?token=t");
    FeedClient.Body body = client(url, PATIENCE).get(Feed.CALLS, 17, 5);
    assertThat(new String(body.bytes(), UTF_8)).isEqualTo("{\"results\":[],\"next_cursor\":null}");
    assertThat(asked).containsExactly("/flow/calls?token=t&cursor=17&limit=5 Basic bWU6c0B5");
  }

  @Test
  void followsRedirectsButShowsItsPasswordToNoOtherHost() throws InterruptedException {
    List<String> shown = new CopyOnWriteArrayList<>();
    try (FeedServer other = new FeedServer()) {
      other.whim(
          (exchange, request) -> {
            shown.add(String.valueOf(exchange.getRequestHeaders().getFirst("Authorization")));
            return false;
          });
      server.whim(
          (exchange, request) -> redirect(exchange, other.url() + "/calls?cursor=1&limit=2"));
      URI url = URI.create(server.url().toString().replace("//", "//me:secret@"));
      client(url, PATIENCE).get(Feed.CALLS, 1, 2);
      assertThat(other.requests(Feed.CALLS))
          .containsExactly(new FeedServer.Request(Feed.CALLS, 1, 2));
    }
    assertThat(shown).containsExactly("null");
  }

  @Test
  void doesNotFollowInCircles() {
    server.whim((exchange, request) -> redirect(exchange, "/flow/calls?cursor=1&limit=2"));
    assertThat(failure(PATIENCE)).hasMessageContaining("redirects in circles");
    server.whim((exchange, request) -> redirect(exchange, ""));
    assertThat(failure(PATIENCE)).hasMessageContaining("answers 302 and leads to");
  }

  @Test
  void tellsWhatToDoAboutEachRefusal() {
    answer(401);
    assertThat(failure(PATIENCE)).hasMessageContaining("right user:password@");
    answer(404);
    assertThat(failure(PATIENCE)).hasMessageContaining("the address before the feed");
    answer(422);
    assertThat(failure(PATIENCE)).hasMessageEndingWith("/flow/calls answers 422.");
  }

  @Test
  void passesOnHowLongThePlatformWantsToBeLeftAlone() {
    server.whim(
        (exchange, request) -> {
          exchange.getResponseHeaders().set("Retry-After", "40");
          FeedServer.send(exchange, 429, "");
          return true;
        });
    assertThat(failure(PATIENCE).retryAfter()).isEqualTo(Duration.ofSeconds(40));
  }

  @Test
  void givesUpAnAnswerThatDoesNotComeToItsEnd() {
    CountDownLatch over = new CountDownLatch(1);
    server.whim(
        (exchange, request) -> {
          exchange.sendResponseHeaders(200, 0);
          exchange.getResponseBody().write('[');
          exchange.getResponseBody().flush();
          await(over);
          return true;
        });
    FeedFailure slow = failure(Duration.ofMillis(300));
    over.countDown();
    assertThat(slow).hasMessageContaining("did not answer within PT0.3S");
  }

  @Test
  void saysThatNobodyIsThere() throws IOException {
    int port;
    try (ServerSocket free = new ServerSocket(0)) {
      port = free.getLocalPort();
    }
    FeedClient client = client(URI.create("http://127.0.0.1:" + port), PATIENCE);
    assertThat(catchThrowableOfType(FeedFailure.class, () -> client.get(Feed.CALLS, 0, 1)))
        .hasMessageContaining("/calls cannot be reached");
  }

  @Test
  void endsARequestUnderWayWhenTheServerStops() {
    CountDownLatch over = new CountDownLatch(1);
    FeedClient client = client(server.url(), Duration.ofMinutes(5));
    server.whim(
        (exchange, request) -> {
          client.stop();
          await(over);
          return false;
        });
    FeedFailure stopped =
        catchThrowableOfType(FeedFailure.class, () -> client.get(Feed.CALLS, 0, 1));
    over.countDown();
    assertThat(stopped).hasMessage("The server stops.");
  }

  private void answer(int status) {
    server.whim(
        (exchange, request) -> {
          FeedServer.send(exchange, status, "");
          return true;
        });
  }

  private static boolean redirect(HttpExchange exchange, String to) throws IOException {
    exchange.getResponseHeaders().set("Location", to);
    exchange.sendResponseHeaders(302, -1);
    return true;
  }

  private FeedFailure failure(Duration timeout) {
    FeedClient client = client(server.url(), timeout);
    return catchThrowableOfType(FeedFailure.class, () -> client.get(Feed.CALLS, 0, 1));
  }

  private static FeedClient client(URI url, Duration timeout) {
    return new FeedClient(FeedAddress.of(url), timeout, 1_000, Clock.systemUTC());
  }

  private static void await(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
