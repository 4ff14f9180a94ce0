package org.waybill.importer;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ThreadLocalRandom;
import org.waybill.platform.ParkedFiles;

/** Sends one file, again and again where that may help. */
final class FileSender {
  private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(10);
  private static final Duration TIMEOUT = Duration.ofSeconds(60);
  private static final long FIRST_PAUSE_MILLIS = 500;
  private static final long LONGEST_PAUSE_MILLIS = 30_000;
  private static final int ACCEPTED = 202;
  private static final int TOO_LARGE = 413;
  private static final Set<Integer> TRANSIENT = Set.of(408, 425, 429);

  /** What is wrong is not the file. */
  private static final Set<Integer> HOPELESS = Set.of(401, 403, 404, 405);

  private final ImportPlan plan;
  private final HttpClient client =
      HttpClient.newBuilder()
          .version(HttpClient.Version.HTTP_1_1)
          .connectTimeout(CONNECT_TIMEOUT)
          .build();

  FileSender(ImportPlan plan) {
    this.plan = plan;
  }

  Sending send(Path file) throws InterruptedException {
    HttpRequest request;
    try {
      request = request(file);
    } catch (FileNotFoundException e) {
      return new Sending.Failed("it cannot be read", false);
    }
    String why = "";
    for (int attempt = 0; attempt <= plan.retries(); attempt++) {
      if (attempt > 0) {
        pause(attempt);
      }
      try {
        HttpResponse<String> answer = client.send(request, HttpResponse.BodyHandlers.ofString());
        if (!mayPass(answer.statusCode())) {
          return sending(answer);
        }
        why = "the server answers " + answer.statusCode();
      } catch (IOException e) {
        if (!Files.isReadable(file)) {
          return new Sending.Failed("it cannot be read: " + e, false);
        }
        why = "the server cannot be reached: " + e;
      }
    }
    return new Sending.Failed(why + "; run import again when it is back", false);
  }

  private HttpRequest request(Path file) throws FileNotFoundException {
    String uuid = ParkedFiles.urlUuid(String.valueOf(file.getFileName()));
    String address =
        plan.server() + "/api/collect/" + plan.format() + (uuid == null ? "" : "?uuid=" + uuid);
    return HttpRequest.newBuilder(URI.create(address))
        .timeout(TIMEOUT)
        .header("Authorization", "Bearer " + plan.key())
        .header("Content-Type", "application/octet-stream")
        .POST(HttpRequest.BodyPublishers.ofFile(file))
        .build();
  }

  private static boolean mayPass(int status) {
    return status >= 500 || TRANSIENT.contains(status);
  }

  private static Sending sending(HttpResponse<String> answer) {
    int status = answer.statusCode();
    if (status == ACCEPTED) {
      return new Sending.Rejected();
    }
    if (status / 100 == 2) {
      // Waybill's own JSON, without blanks; a JSON parser would be the only library here.
      boolean duplicate = answer.body().contains("\"duplicate\":true");
      return new Sending.Stored(duplicate, answer.body().contains("\"repairs\":"));
    }
    if (status == TOO_LARGE) {
      return new Sending.Failed(
          "it is larger than the server takes; raise WAYBILL_MAX_DOCUMENT_BYTES there", false);
    }
    return new Sending.Failed(
        "the server answers " + status + " " + answer.body().lines().findFirst().orElse(""),
        HOPELESS.contains(status));
  }

  private static void pause(int attempt) throws InterruptedException {
    long pause = Math.min(LONGEST_PAUSE_MILLIS, FIRST_PAUSE_MILLIS << Math.min(attempt - 1, 10));
    Thread.sleep(pause + ThreadLocalRandom.current().nextLong(pause / 4 + 1));
  }
}
