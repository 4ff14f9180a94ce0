package org.waybill.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.Headers;
import com.sun.net.httpserver.HttpExchange;
import java.io.IOException;
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

  private final HttpGateway sender =
      new HttpGateway(
          Duration.ofSeconds(2), Duration.ofSeconds(15), Clock.fixed(NOW, ZoneOffset.UTC));
  private ScriptedGateway server;

  @BeforeEach
  void startServer() throws IOException {
    server = new ScriptedGateway();
  }

  @AfterEach
  void stopServer() throws IOException {
    server.close();
  }

  @Test
  void sendsTheBodyWithItsHeaders() {
    Headers seen = new Headers();
    CompletableFuture<String> body = new CompletableFuture<>();
    server.serve(
        exchange -> {
          seen.putAll(exchange.getRequestHeaders());
          seen.set("Method", exchange.getRequestMethod());
          seen.set("Path", exchange.getRequestURI().toString());
          body.complete(text(exchange));
          ScriptedGateway.answer(exchange, 204, "");
        });

    Verdict verdict = send(gateway(server.url("/store?token=t"), "Bearer s3cret"));

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
    server.serve(
        exchange -> {
          seen.complete(exchange.getRequestHeaders().getFirst("Authorization"));
          ScriptedGateway.answer(exchange, 200, "");
        });
    String withUser = server.url("/").replace("http://", "http://me:a%40b+c@");

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
            new Transient(
                "HTTP " + status + " from " + server.url("/") + ": busy", status, null, "busy"));
  }

  @ParameterizedTest
  @ValueSource(ints = {401, 403, 404, 407})
  void countsAsMisconfigured(int status) {
    assertThat(answered(status, "who?"))
        .isEqualTo(
            new Misconfigured(
                "HTTP " + status + " from " + server.url("/") + ": who?", status, "who?"));
  }

  @ParameterizedTest
  @ValueSource(ints = {400, 402, 405, 410, 413, 415, 418, 422, 451, 499})
  void countsAsRefused(int status) {
    assertThat(answered(status, ""))
        .isEqualTo(new Refused("HTTP " + status + " from " + server.url("/"), status, ""));
  }

  @ParameterizedTest
  @ValueSource(ints = {300, 301, 302, 303, 304, 307, 308})
  void neverFollowsARedirect(int status) {
    List<String> asked = Collections.synchronizedList(new ArrayList<>());
    server.serve(
        exchange -> {
          asked.add(exchange.getRequestURI().getPath());
          exchange.getResponseHeaders().set("Location", "http://u:pw@else.where/there?token=x");
          ScriptedGateway.answer(exchange, status, "");
        });

    Verdict verdict = send(gateway(server.url("/here"), null));

    assertThat(verdict).isInstanceOf(Misconfigured.class);
    assertThat(((Misconfigured) verdict).reason())
        .isEqualTo(
            "HTTP %d from %s: redirects are not followed, so enter the gateway's final URL"
                    .formatted(status, server.url("/here"))
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
    server.serve(
        exchange -> {
          exchange.getResponseHeaders().set("Retry-After", header);
          ScriptedGateway.answer(exchange, 503, "");
        });

    Verdict verdict = send(gateway(server.url("/"), null));

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
    server.serve(
        exchange -> {
          exchange.getResponseHeaders().set("Content-Type", "text/plain; charset=ISO-8859-1");
          byte[] body = "schön".getBytes(StandardCharsets.ISO_8859_1);
          exchange.sendResponseHeaders(422, body.length);
          exchange.getResponseBody().write(body);
          exchange.close();
        });

    assertThat(((Refused) send(gateway(server.url("/"), null))).responseHead()).isEqualTo("schön");
  }

  @Test
  void neverRepeatsCredentialsThatAGatewayEchoes() {
    server.serve(
        exchange ->
            ScriptedGateway.answer(
                exchange, 401, "no: " + exchange.getRequestHeaders().getFirst("Authorization")));

    Verdict verdict = send(gateway(server.url("/?token=t0ken"), "Bearer s3cret"));

    assertThat(verdict.toString()).contains("***").doesNotContain("s3cret", "t0ken");
  }

  private Verdict answered(int status, String body) {
    server.serve(exchange -> ScriptedGateway.answer(exchange, status, body));
    return send(gateway(server.url("/"), null));
  }

  private Verdict send(Gateway gateway) {
    return sender.send(gateway, shipment()).join();
  }

  private static Shipment shipment() {
    return new Shipment("7-storage-0", 3, "{\"a\":\"ü\"}".getBytes(StandardCharsets.UTF_8));
  }

  private static Gateway gateway(String url, @Nullable String authorization) {
    return new Gateway(
        1, "storage", null, URI.create(url), null, authorization, true, false, 32, null, 0);
  }

  private static String text(HttpExchange exchange) throws IOException {
    return new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
  }
}
