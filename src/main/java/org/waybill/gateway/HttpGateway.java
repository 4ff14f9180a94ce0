package org.waybill.gateway;

import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.ResponseInfo;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Executor;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.waybill.task.Gateway;

/**
 * Sends to gateways that speak HTTP. A send holds no thread while it waits, so a gateway that hangs
 * costs memory and nothing else.
 */
public final class HttpGateway {
  private static final Pattern CHARSET =
      Pattern.compile("charset\\s*=\\s*\"?([^\\s;\"]+)", Pattern.CASE_INSENSITIVE);

  private final HttpClient client;
  private final Duration timeout;
  private final Clock clock;

  /**
   * @param connectTimeout to reach the gateway
   * @param requestTimeout for all of a request, the last byte of its answer included
   */
  public HttpGateway(Duration connectTimeout, Duration requestTimeout, Clock clock) {
    this(connectTimeout, requestTimeout, clock, workers());
  }

  HttpGateway(Duration connectTimeout, Duration requestTimeout, Clock clock, Executor workers) {
    this.timeout = requestTimeout;
    this.clock = clock;
    this.client =
        HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .followRedirects(HttpClient.Redirect.NEVER)
            .connectTimeout(connectTimeout)
            .executor(workers)
            .build();
  }

  /** Sends once. The future always completes with a verdict, on a thread that must not be held. */
  public CompletableFuture<Verdict> send(Gateway gateway, Shipment shipment) {
    Target target;
    HttpRequest request;
    try {
      target = Target.of(gateway);
      request = request(target, shipment);
    } catch (IllegalArgumentException e) {
      return CompletableFuture.completedFuture(unusable(gateway));
    }
    HttpVerdicts verdicts = new HttpVerdicts(target, timeout);
    return exchange(request)
        .handle(
            (answer, failure) ->
                answer == null ? failed(verdicts, failure) : judged(verdicts, answer));
  }

  private HttpRequest request(Target target, Shipment shipment) {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(target.uri())
            .header("User-Agent", "Waybill")
            .header("Content-Type", "application/json")
            .header("Idempotency-Key", shipment.idempotencyKey())
            .header("Waybill-Attempt", Integer.toString(shipment.attempt()))
            .POST(BodyPublishers.ofByteArray(shipment.body()));
    if (target.authorization() != null) {
      request.header("Authorization", target.authorization());
    }
    return request.build();
  }

  // The client's own timeout ends with the answer's headers; ours ends with its body.
  private CompletableFuture<HttpResponse<String>> exchange(HttpRequest request) {
    CompletableFuture<HttpResponse<String>> exchange =
        client.sendAsync(request, info -> new AnswerHead(charset(info)));
    return exchange
        .copy()
        .orTimeout(timeout.toMillis(), TimeUnit.MILLISECONDS)
        .whenComplete((answer, failure) -> exchange.cancel(true));
  }

  private Verdict judged(HttpVerdicts verdicts, HttpResponse<String> answer) {
    return verdicts.ofAnswer(answer.statusCode(), answer.headers(), answer.body(), clock.instant());
  }

  private static Verdict failed(HttpVerdicts verdicts, Throwable failure) {
    @Nullable Throwable cause = failure.getCause();
    return verdicts.ofFailure(
        failure instanceof CompletionException && cause != null ? cause : failure);
  }

  private static Verdict unusable(Gateway gateway) {
    String reason =
        "No request can be made to gateway "
            + gateway.id()
            + ": correct its URL (http:// or https:// and a host name) or its authorization";
    return new Verdict.Misconfigured(reason, null, "");
  }

  private static Charset charset(ResponseInfo info) {
    String type = info.headers().firstValue("Content-Type").orElse("");
    Matcher matcher = CHARSET.matcher(type);
    try {
      return matcher.find() ? Charset.forName(matcher.group(1)) : StandardCharsets.UTF_8;
    } catch (IllegalArgumentException e) {
      return StandardCharsets.UTF_8;
    }
  }

  // Unbounded, because looking up a host name blocks: the slow name server of one gateway must not
  // hold up the others. How many sends there are at once, dispatch bounds.
  private static Executor workers() {
    return new ThreadPoolExecutor(
        0, Integer.MAX_VALUE, 5, TimeUnit.SECONDS, new SynchronousQueue<>(), HttpGateway::thread);
  }

  private static Thread thread(Runnable work) {
    Thread thread = new Thread(work, "waybill-http");
    thread.setDaemon(true);
    return thread;
  }
}
