package org.waybill.access.oidc;

import jakarta.json.Json;
import jakarta.json.JsonException;
import jakarta.json.JsonObject;
import jakarta.json.JsonReader;
import java.io.ByteArrayInputStream;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Collectors;
import org.waybill.platform.BoundedBody;

/** Asks the provider, for no longer than a person waits at a login page. */
final class ProviderClient {
  private static final Duration PATIENCE = Duration.ofSeconds(5);
  private static final int MOST_BYTES = 1 << 20;

  private final HttpClient client =
      HttpClient.newBuilder()
          .version(HttpClient.Version.HTTP_1_1)
          .followRedirects(HttpClient.Redirect.NEVER)
          .connectTimeout(PATIENCE)
          .build();

  /** An answer of any status. */
  record Answer(int status, String body) {
    /**
     * @throws ProviderAway when it is none
     */
    JsonObject json(URI from) {
      byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
      try (JsonReader reader = Json.createReader(new ByteArrayInputStream(bytes))) {
        return reader.readObject();
      } catch (JsonException | IllegalStateException e) {
        throw new ProviderAway(from + " answers %d without a JSON object".formatted(status));
      }
    }
  }

  /** Name and secret as HTTP Basic, each encoded as a field of a form (RFC 6749, section 2.3.1). */
  static String basic(String id, String secret) {
    String both = encoded(id) + ":" + encoded(secret);
    return "Basic " + Base64.getEncoder().encodeToString(both.getBytes(StandardCharsets.US_ASCII));
  }

  static String form(Map<String, String> fields) {
    return fields.entrySet().stream()
        .map(field -> encoded(field.getKey()) + "=" + encoded(field.getValue()))
        .collect(Collectors.joining("&"));
  }

  /**
   * @throws ProviderAway when there is no answer but 200
   */
  String get(URI uri) {
    Answer answer = send(uri, HttpRequest.newBuilder(uri).GET());
    if (answer.status() != 200) {
      throw new ProviderAway(uri + " answers " + answer.status());
    }
    return answer.body();
  }

  /**
   * @throws ProviderAway when there is no answer
   */
  Answer post(URI uri, Map<String, String> fields, String authorization) {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(uri)
            .header("Content-Type", "application/x-www-form-urlencoded")
            .POST(BodyPublishers.ofString(form(fields)));
    return send(
        uri, authorization.isEmpty() ? request : request.header("Authorization", authorization));
  }

  // The client's own timeout ends with the answer's headers; ours ends with its body.
  private Answer send(URI uri, HttpRequest.Builder request) {
    CompletableFuture<HttpResponse<byte[]>> exchange =
        client.sendAsync(
            request.header("Accept", "application/json").build(),
            info -> new BoundedBody(MOST_BYTES));
    try {
      HttpResponse<byte[]> answer = exchange.get(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
      return new Answer(answer.statusCode(), new String(answer.body(), StandardCharsets.UTF_8));
    } catch (TimeoutException e) {
      throw new ProviderAway(uri + " does not answer");
    } catch (ExecutionException e) {
      throw new ProviderAway(uri + " cannot be reached (" + e.getCause() + ")");
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new ProviderAway(uri + " was not waited for");
    } finally {
      exchange.cancel(true);
    }
  }

  private static String encoded(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8);
  }
}
