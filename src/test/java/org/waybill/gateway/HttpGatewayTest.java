package org.waybill.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.Headers;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.waybill.gateway.Verdict.Delivered;
import org.waybill.gateway.Verdict.Misconfigured;
import org.waybill.gateway.Verdict.Refused;
import org.waybill.gateway.Verdict.Transient;
import org.waybill.task.Gateway;

class HttpGatewayTest {
  private static final Instant NOW = Instant.parse("2026-11-21T10:00:00Z");
  private static final Duration TIMEOUT = Duration.ofMillis(700);

  private final HttpGateway sender =
      new HttpGateway(
          Duration.ofSeconds(2), Duration.ofSeconds(15), Clock.fixed(NOW, ZoneOffset.UTC));
  private final HttpGateway impatient =
      new HttpGateway(Duration.ofSeconds(2), TIMEOUT, Clock.fixed(NOW, ZoneOffset.UTC));
  private final ExecutorService workers = Executors.newCachedThreadPool();
  private final CountDownLatch over = new CountDownLatch(1);
  private final List<AutoCloseable> open = Collections.synchronizedList(new ArrayList<>());
  private HttpServer server;

  @BeforeEach
  void startServer() throws IOException {
    // Room for every connection of a test: one that finds the queue of connections full is tried
    // again only after seconds.
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 1024);
    server.setExecutor(workers);
    server.start();
  }

  @AfterEach
  void stopEverything() throws Exception {
    over.countDown();
    for (AutoCloseable closeable : open) {
      closeable.close();
    }
    server.stop(0);
    workers.shutdownNow();
  }

  @Test
  void sendsTheBodyWithItsHeaders() {
    Headers seen = new Headers();
    CompletableFuture<String> body = new CompletableFuture<>();
    serve(
        exchange -> {
          seen.putAll(exchange.getRequestHeaders());
          seen.set("Method", exchange.getRequestMethod());
          seen.set("Path", exchange.getRequestURI().toString());
          body.complete(text(exchange));
          answer(exchange, 204, "");
        });

    Verdict verdict = send(gateway(url("/store?token=t"), "Bearer s3cret"));

    assertThat(verdict).isEqualTo(new Delivered(204));
    assertThat(body).isCompletedWithValue("{\"a\":\"ü\"}");
    assertThat(seen.getFirst("Method")).isEqualTo("POST");
    assertThat(seen.getFirst("Path")).isEqualTo("/store?token=t");
    assertThat(seen.getFirst("Content-Type")).isEqualTo("application/json");
    assertThat(seen.getFirst("Idempotency-Key")).isEqualTo("7-storage-0");
    assertThat(seen.getFirst("Waybill-Attempt")).isEqualTo("3");
    assertThat(seen.getFirst("Authorization")).isEqualTo("Bearer s3cret");
    assertThat(seen).doesNotContainKeys("Upgrade", "Http2-settings");
  }

  @Test
  void takesCredentialsFromTheUrlWhenTheGatewayHasNoOthers() {
    CompletableFuture<String> seen = new CompletableFuture<>();
    serve(
        exchange -> {
          seen.complete(exchange.getRequestHeaders().getFirst("Authorization"));
          answer(exchange, 200, "");
        });
    String withUser = url("/").replace("http://", "http://me:a%40b+c@");

    assertThat(send(gateway(withUser, null))).isEqualTo(new Delivered(200));
    // "me:a@b+c"
    assertThat(seen).isCompletedWithValue("Basic bWU6YUBiK2M=");
  }

  @ParameterizedTest
  @ValueSource(ints = {200, 201, 202, 204, 208, 299, 409})
  void countsAsDelivered(int status) {
    assertThat(answered(status, "")).isEqualTo(new Delivered(status));
  }

  @ParameterizedTest
  @ValueSource(ints = {408, 425, 429, 500, 501, 502, 503, 504, 599})
  void countsAsTransient(int status) {
    assertThat(answered(status, "busy"))
        .isEqualTo(
            new Transient("HTTP " + status + " from " + url("/") + ": busy", status, null, "busy"));
  }

  @ParameterizedTest
  @ValueSource(ints = {401, 403, 404, 407})
  void countsAsMisconfigured(int status) {
    assertThat(answered(status, "who?"))
        .isEqualTo(
            new Misconfigured("HTTP " + status + " from " + url("/") + ": who?", status, "who?"));
  }

  @ParameterizedTest
  @ValueSource(ints = {400, 402, 405, 410, 413, 415, 418, 422, 451, 499})
  void countsAsRefused(int status) {
    assertThat(answered(status, ""))
        .isEqualTo(new Refused("HTTP " + status + " from " + url("/"), status, ""));
  }

  @ParameterizedTest
  @ValueSource(ints = {300, 301, 302, 303, 304, 307, 308})
  void neverFollowsARedirect(int status) {
    List<String> asked = Collections.synchronizedList(new ArrayList<>());
    serve(
        exchange -> {
          asked.add(exchange.getRequestURI().getPath());
          exchange.getResponseHeaders().set("Location", "http://u:pw@else.where/there?token=x");
          answer(exchange, status, "");
        });

    Verdict verdict = send(gateway(url("/here"), null));

    assertThat(verdict).isInstanceOf(Misconfigured.class);
    assertThat(((Misconfigured) verdict).reason())
        .isEqualTo(
            "HTTP %d from %s: redirects are not followed, so enter the gateway's final URL"
                    .formatted(status, url("/here"))
                + " (http://else.where/there)");
    assertThat(asked).containsExactly("/here");
  }

  @ParameterizedTest
  @CsvSource({
    "0, PT0S",
    "120, PT2M",
    "3600, PT1H",
    "86400, PT1H",
    "99999999999999999999999, PT1H",
    "'Sat, 21 Nov 2026 10:00:30 GMT', PT30S",
    "'Sun, 22 Nov 2026 10:00:00 GMT', PT1H",
    "'Sat, 21 Nov 2026 09:00:00 GMT', PT0S",
    "soon,",
    "-5,"
  })
  void understandsRetryAfter(String header, @Nullable Duration expected) {
    serve(
        exchange -> {
          exchange.getResponseHeaders().set("Retry-After", header);
          answer(exchange, 503, "");
        });

    Verdict verdict = send(gateway(url("/"), null));

    assertThat(((Transient) verdict).retryAfter()).isEqualTo(expected);
  }

  @Test
  void keepsTheFirstCharactersOfAnAnswerOnly() {
    String answer = "é".repeat(5000);
    Refused verdict = (Refused) answered(400, answer);

    assertThat(verdict.responseHead()).isEqualTo("é".repeat(2000));
    assertThat(verdict.reason()).hasSizeLessThan(300);
  }

  @Test
  void putsAnAnswerOfManyLinesOnOneInTheReason() {
    Refused verdict =
        (Refused) answered(400, "a\r\nb\u2028c\u0000 [2026-11-21 10:00:00] Retry 1: x");

    assertThat(verdict.reason()).endsWith(": a b c [2026-11-21 10:00:00] Retry 1: x");
  }

  @Test
  void readsAnAnswerInItsOwnCharset() {
    serve(
        exchange -> {
          exchange.getResponseHeaders().set("Content-Type", "text/plain; charset=ISO-8859-1");
          byte[] body = "schön".getBytes(StandardCharsets.ISO_8859_1);
          exchange.sendResponseHeaders(422, body.length);
          exchange.getResponseBody().write(body);
          exchange.close();
        });

    assertThat(((Refused) send(gateway(url("/"), null))).responseHead()).isEqualTo("schön");
  }

  @Test
  void neverRepeatsCredentialsThatAGatewayEchoes() {
    serve(
        exchange ->
            answer(exchange, 401, "no: " + exchange.getRequestHeaders().getFirst("Authorization")));

    Verdict verdict = send(gateway(url("/?token=t0ken"), "Bearer s3cret"));

    assertThat(verdict.toString()).contains("***").doesNotContain("s3cret", "t0ken");
  }

  @Test
  void stopsReadingAnAnswerOfAGigabyte() {
    long gigabyte = 1L << 30;
    CompletableFuture<Long> written = new CompletableFuture<>();
    serve(
        exchange -> {
          exchange.sendResponseHeaders(200, gigabyte);
          written.complete(flood(exchange.getResponseBody(), gigabyte));
        });

    assertThat(send(gateway(url("/"), null))).isEqualTo(new Delivered(200));
    assertThat(written.join()).isLessThan(gigabyte);
  }

  @Test
  void givesUpOnAGatewayThatHangs() {
    serve(exchange -> waitForTheEnd());

    assertThat(sendImpatiently(url("/"))).isEqualTo(timedOut(url("/")));
  }

  @Test
  void givesUpOnAnAnswerThatDripsForEver() {
    serve(
        exchange -> {
          exchange.sendResponseHeaders(200, 0);
          OutputStream out = exchange.getResponseBody();
          while (!overWithin(20)) {
            out.write('.');
            out.flush();
          }
        });

    assertThat(sendImpatiently(url("/"))).isEqualTo(timedOut(url("/")));
  }

  @Test
  void hangsUpOnAGatewayThatItGaveUpOn() throws IOException {
    CompletableFuture<Integer> end = new CompletableFuture<>();
    String url =
        raw(
            socket -> {
              while (socket.getInputStream().read() >= 0) {
                // Read on: the end comes when the sender hangs up.
              }
              end.complete(-1);
            });

    assertThat(sendImpatiently(url)).isEqualTo(timedOut(url));
    assertThat(end.orTimeout(10, TimeUnit.SECONDS).join()).isEqualTo(-1);
  }

  @Test
  void holdsNoThreadForAGatewayThatHangs() {
    ExecutorService twoThreads = Executors.newFixedThreadPool(2);
    open.add(twoThreads::shutdownNow);
    HttpGateway narrow =
        new HttpGateway(
            Duration.ofSeconds(15), Duration.ofSeconds(30), Clock.systemUTC(), twoThreads);
    serve("/slow", exchange -> waitForTheEnd());
    serve("/fast", exchange -> answer(exchange, 200, ""));
    List<CompletableFuture<Verdict>> hanging = new ArrayList<>();
    for (int i = 0; i < 200; i++) {
      hanging.add(narrow.send(gateway(url("/slow"), null), shipment()));
    }

    assertThat(narrow.send(gateway(url("/fast"), null), shipment()).join())
        .isEqualTo(new Delivered(200));
    assertThat(hanging).noneMatch(CompletableFuture::isDone);
  }

  @Test
  void reportsAConnectionThatIsReset() throws IOException {
    String url =
        raw(
            socket -> {
              socket.getInputStream().read();
              socket.setSoLinger(true, 0);
            });

    Transient verdict = (Transient) sendTo(url);
    assertThat(verdict.unanswered()).isTrue();
    assertThat(verdict.reason()).startsWith("Connection to " + url + " broke: ");
  }

  @Test
  void reportsAnAnswerThatIsNotHttp() throws IOException {
    String url =
        raw(
            socket ->
                socket
                    .getOutputStream()
                    .write("220 smtp.example ESMTP\r\n".getBytes(StandardCharsets.US_ASCII)));

    assertThat(sendTo(url)).isInstanceOf(Transient.class);
  }

  @Test
  void reportsAnAnswerThatEndsTooSoon() throws IOException {
    String url =
        raw(
            socket -> {
              String cut = "HTTP/1.1 200 OK\r\nContent-Length: 1000\r\n\r\nhalf";
              socket.getOutputStream().write(cut.getBytes(StandardCharsets.US_ASCII));
              socket.getOutputStream().flush();
            });

    assertThat(sendTo(url)).isInstanceOf(Transient.class);
  }

  @Test
  void reportsAPortThatNobodyListensOn() throws IOException {
    int port;
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      port = socket.getLocalPort();
    }
    String url = "http://127.0.0.1:" + port + "/";

    assertThat(sendTo(url))
        .isEqualTo(new Transient("Connection refused by " + url, null, null, ""));
  }

  @Test
  void reportsAHostThatDoesNotExist() {
    String url = "http://no-such-host.invalid:8080/cdrs";

    assertThat(sendTo(url)).isEqualTo(new Transient("Unknown host name in " + url, null, null, ""));
  }

  @ParameterizedTest
  @ValueSource(strings = {"ftp://example.com/", "http:///nowhere", "mailto:a@b", "/relative"})
  void callsAnUnusableUrlMisconfigured(String url) {
    assertThat(sendTo(url)).isInstanceOf(Misconfigured.class);
  }

  @Test
  void callsAnUnusableAuthorizationMisconfiguredWithoutShowingIt() {
    Verdict verdict = send(gateway(url("/"), "Bearer s3cret\r\nX-Evil: 1"));

    assertThat(verdict).isInstanceOf(Misconfigured.class);
    assertThat(verdict.toString()).doesNotContain("s3cret", "Evil");
  }

  private Verdict answered(int status, String body) {
    serve(exchange -> answer(exchange, status, body));
    return send(gateway(url("/"), null));
  }

  private static Transient timedOut(String url) {
    String reason = "Connection timeout to " + url + ": no complete answer within 700 ms";
    return new Transient(reason, null, null, "");
  }

  private Verdict send(Gateway gateway) {
    return sender.send(gateway, shipment()).join();
  }

  private Verdict sendTo(String url) {
    return send(gateway(url, null));
  }

  private Verdict sendImpatiently(String url) {
    return impatient.send(gateway(url, null), shipment()).join();
  }

  private static Shipment shipment() {
    return new Shipment("7-storage-0", 3, "{\"a\":\"ü\"}".getBytes(StandardCharsets.UTF_8));
  }

  private static Gateway gateway(String url, @Nullable String authorization) {
    return new Gateway(1, "storage", URI.create(url), null, authorization, true, false, 32, null);
  }

  private String url(String path) {
    return "http://127.0.0.1:" + server.getAddress().getPort() + path;
  }

  private void serve(HttpHandler handler) {
    serve("/", handler);
  }

  private void serve(String path, HttpHandler handler) {
    server.createContext(path, handler);
  }

  private void waitForTheEnd() {
    boolean unused = overWithin(60_000);
  }

  private boolean overWithin(long millis) {
    try {
      return over.await(millis, TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return true;
    }
  }

  /** A server that does what it likes with one connection, then closes it. */
  private String raw(Conversation conversation) throws IOException {
    ServerSocket listening = new ServerSocket(0, 10, InetAddress.getLoopbackAddress());
    open.add(listening);
    workers.execute(
        () -> {
          try (Socket socket = listening.accept()) {
            conversation.hold(socket);
          } catch (IOException e) {
            // The sender hung up, or the test is over.
          }
        });
    return "http://127.0.0.1:" + listening.getLocalPort() + "/";
  }

  @FunctionalInterface
  private interface Conversation {
    void hold(Socket socket) throws IOException;
  }

  private static long flood(OutputStream out, long bytes) {
    byte[] some = new byte[64 * 1024];
    long written = 0;
    try (out) {
      for (; written < bytes; written += some.length) {
        out.write(some);
      }
    } catch (IOException e) {
      return written;
    }
    return written;
  }

  private static String text(HttpExchange exchange) throws IOException {
    return new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
  }

  private static void answer(HttpExchange exchange, int status, String body) throws IOException {
    byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
    exchange.getRequestBody().readAllBytes();
    exchange.sendResponseHeaders(status, bytes.length == 0 ? -1 : bytes.length);
    if (bytes.length > 0) {
      exchange.getResponseBody().write(bytes);
    }
    exchange.close();
  }
}
