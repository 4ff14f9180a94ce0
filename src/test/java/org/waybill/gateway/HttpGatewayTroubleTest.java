package org.waybill.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.waybill.gateway.Verdict.Delivered;
import org.waybill.gateway.Verdict.Misconfigured;
import org.waybill.gateway.Verdict.Transient;
import org.waybill.task.Gateway;

/** Gateways that hang, drip, flood, break off, or are not there. */
class HttpGatewayTroubleTest {
  private static final Duration TIMEOUT = Duration.ofMillis(700);

  private final HttpGateway sender =
      new HttpGateway(Duration.ofSeconds(2), Duration.ofSeconds(15), Clock.systemUTC());
  private final HttpGateway impatient =
      new HttpGateway(Duration.ofSeconds(2), TIMEOUT, Clock.systemUTC());
  private final ExecutorService twoThreads = Executors.newFixedThreadPool(2);
  private ScriptedGateway server;

  @BeforeEach
  void startServer() throws IOException {
    server = new ScriptedGateway();
  }

  @AfterEach
  void stopServer() throws IOException {
    server.close();
    twoThreads.shutdownNow();
  }

  @Test
  void stopsReadingAnAnswerOfAGigabyte() {
    long gigabyte = 1L << 30;
    CompletableFuture<Long> written = new CompletableFuture<>();
    server.serve(
        exchange -> {
          exchange.sendResponseHeaders(200, gigabyte);
          written.complete(ScriptedGateway.flood(exchange.getResponseBody(), gigabyte));
        });

    assertThat(send(gateway(server.url("/"), null))).isEqualTo(new Delivered(200));
    assertThat(written.join()).isLessThan(gigabyte);
  }

  @Test
  void givesUpOnAGatewayThatHangs() {
    server.serve(exchange -> server.waitForTheEnd());

    assertThat(sendImpatiently(server.url("/"))).isEqualTo(timedOut(server.url("/")));
  }

  @Test
  void givesUpOnAnAnswerThatDripsForEver() {
    server.serve(
        exchange -> {
          exchange.sendResponseHeaders(200, 0);
          OutputStream out = exchange.getResponseBody();
          while (!server.overWithin(20)) {
            out.write('.');
            out.flush();
          }
        });

    assertThat(sendImpatiently(server.url("/"))).isEqualTo(timedOut(server.url("/")));
  }

  @Test
  void hangsUpOnAGatewayThatItGaveUpOn() throws IOException {
    CompletableFuture<Integer> end = new CompletableFuture<>();
    String url =
        server.raw(
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
    HttpGateway narrow =
        new HttpGateway(
            Duration.ofSeconds(15), Duration.ofSeconds(30), Clock.systemUTC(), twoThreads);
    server.serve("/slow", exchange -> server.waitForTheEnd());
    server.serve("/fast", exchange -> ScriptedGateway.answer(exchange, 200, ""));
    List<CompletableFuture<Verdict>> hanging = new ArrayList<>();
    for (int i = 0; i < 200; i++) {
      hanging.add(narrow.send(gateway(server.url("/slow"), null), shipment()));
    }

    assertThat(narrow.send(gateway(server.url("/fast"), null), shipment()).join())
        .isEqualTo(new Delivered(200));
    assertThat(hanging).noneMatch(CompletableFuture::isDone);
  }

  @Test
  void reportsAConnectionThatIsReset() throws IOException {
    String url =
        server.raw(
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
        server.raw(
            socket ->
                socket
                    .getOutputStream()
                    .write("220 smtp.example ESMTP\r\n".getBytes(StandardCharsets.US_ASCII)));

    assertThat(sendTo(url)).isInstanceOf(Transient.class);
  }

  @Test
  void reportsAnAnswerThatEndsTooSoon() throws IOException {
    String url =
        server.raw(
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
    Verdict verdict = send(gateway(server.url("/"), "Bearer s3cret\r\nX-Evil: 1"));

    assertThat(verdict).isInstanceOf(Misconfigured.class);
    assertThat(verdict.toString()).doesNotContain("s3cret", "Evil");
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
    return new Gateway(
        1, "storage", null, URI.create(url), null, authorization, true, false, 32, null, 0);
  }
}
