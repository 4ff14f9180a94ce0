package org.waybill.call.feed;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Clock;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;
import org.waybill.platform.BoundedBody;

/** Asks a platform for pages of its feeds. */
final class FeedClient {
  private static final int MOST_REDIRECTS = 5;

  private final FeedAddress address;
  private final Duration timeout;
  private final int maxBytes;
  private final Clock clock;
  private final CompletableFuture<HttpResponse<byte[]>> stop = new CompletableFuture<>();
  private final HttpClient client;

  /**
   * @param timeout for all of a request, the last byte of its answer included
   * @param maxBytes of an answer
   */
  FeedClient(FeedAddress address, Duration timeout, int maxBytes, Clock clock) {
    this.address = address;
    this.timeout = timeout;
    this.maxBytes = maxBytes;
    this.clock = clock;
    // Redirects are followed by ourselves: the client would hand our password to another host.
    this.client =
        HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .followRedirects(HttpClient.Redirect.NEVER)
            .connectTimeout(timeout)
            .executor(workers())
            .build();
  }

  /**
   * The bytes of an answer.
   *
   * @param tooLong whether there would have been more of them than are taken
   */
  @SuppressWarnings("ArrayRecordComponent") // never compared
  record Body(byte[] bytes, boolean tooLong) {}

  /**
   * Asks for the items after the cursor.
   *
   * @throws FeedFailure when there is no answer, or one that is none
   */
  Body get(Feed feed, long cursor, int limit) throws InterruptedException {
    URI uri = address.page(feed, cursor, limit);
    for (int redirects = 0; redirects <= MOST_REDIRECTS; redirects++) {
      HttpResponse<byte[]> answer = exchange(feed, uri);
      URI next = redirect(feed, uri, answer);
      if (next == null) {
        return body(feed, answer);
      }
      uri = next;
    }
    throw new FeedFailure(address.shown(feed) + " redirects in circles.");
  }

  /** How messages name a feed. */
  String shown(Feed feed) {
    return address.shown(feed);
  }

  /** Lets the requests under way fail, and all others. */
  void stop() {
    stop.completeExceptionally(new FeedFailure("The server stops."));
  }

  // The client's own timeout ends with the answer's headers; ours ends with its body.
  private HttpResponse<byte[]> exchange(Feed feed, URI uri) throws InterruptedException {
    CompletableFuture<HttpResponse<byte[]>> exchange =
        client.sendAsync(request(uri), info -> new BoundedBody(maxBytes));
    try {
      return exchange
          .applyToEither(stop, answer -> answer)
          .get(timeout.toMillis(), TimeUnit.MILLISECONDS);
    } catch (TimeoutException e) {
      throw new FeedFailure(address.shown(feed) + " did not answer within " + timeout + ".");
    } catch (ExecutionException e) {
      if (e.getCause() instanceof FeedFailure stopped) {
        throw stopped;
      }
      throw new FeedFailure(address.shown(feed) + " cannot be reached: " + e.getCause() + ".");
    } finally {
      exchange.cancel(true);
    }
  }

  private HttpRequest request(URI uri) {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(uri)
            .header("User-Agent", "Waybill")
            .header("Accept", "application/json")
            .GET();
    String authorization = address.authorizationFor(uri);
    if (authorization != null) {
      request.header("Authorization", authorization);
    }
    return request.build();
  }

  /** Null when it is none. */
  private @Nullable URI redirect(Feed feed, URI from, HttpResponse<byte[]> answer) {
    int status = answer.statusCode();
    if (status < 300 || status >= 400) {
      return null;
    }
    String location = answer.headers().firstValue("Location").orElse("");
    try {
      URI to = from.resolve(location);
      boolean downgraded = from.getScheme().equals("https") && !"https".equals(to.getScheme());
      if (!location.isEmpty() && to.getHost() != null && !downgraded) {
        return to;
      }
    } catch (IllegalArgumentException e) {
      throw new FeedFailure(redirected(feed, status) + " no address: " + e.getMessage() + ".");
    }
    throw new FeedFailure(redirected(feed, status) + " where Waybill does not follow.");
  }

  private String redirected(Feed feed, int status) {
    return address.shown(feed) + " answers " + status + " and leads to";
  }

  private Body body(Feed feed, HttpResponse<byte[]> answer) {
    int status = answer.statusCode();
    if (status == 200) {
      return new Body(answer.body(), answer.body().length > maxBytes);
    }
    String said = address.shown(feed) + " answers " + status;
    throw switch (status) {
      case 401, 403 ->
          new FeedFailure(said + ". Put the right user:password@ into WAYBILL_FEED_URL.");
      case 404 -> new FeedFailure(said + ". Let WAYBILL_FEED_URL be the address before the feed.");
      default ->
          new FeedFailure(
              said + ".",
              answer
                  .headers()
                  .firstValue("Retry-After")
                  .map(header -> BackOff.retryAfter(header, clock.instant()))
                  .orElse(null));
    };
  }

  // Unbounded, because looking up a host name blocks; there are as many requests as feeds.
  private static ThreadPoolExecutor workers() {
    return new ThreadPoolExecutor(
        0, Integer.MAX_VALUE, 5, TimeUnit.SECONDS, new SynchronousQueue<>(), FeedClient::thread);
  }

  private static Thread thread(Runnable work) {
    Thread thread = new Thread(work, "waybill-feed-http");
    thread.setDaemon(true);
    return thread;
  }
}
