package org.waybill.bench;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.Base64;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What the benchmark asks of the server as its administrator. */
final class Api {
  private static final Pattern KEY = Pattern.compile("\"key\"\\s*:\\s*\"([^\"]+)\"");

  private final HttpClient client = HttpClient.newHttpClient();
  private final URI server;
  private final String credentials;

  Api(URI server, String adminPassword) {
    this.server = server;
    this.credentials =
        "Basic " + Base64.getEncoder().encodeToString(("admin:" + adminPassword).getBytes(UTF_8));
  }

  void createOrganization(int id) throws IOException, InterruptedException {
    post("/api/organizations", "{\"id\":" + id + ",\"name\":\"Benchmark\"}");
  }

  /** A key as a switch has it. */
  String createSwitchKey() throws IOException, InterruptedException {
    String answer = post("/api/keys", "{\"name\":\"bench\",\"roles\":[\"switch\"]}");
    Matcher key = KEY.matcher(answer);
    if (!key.find()) {
      throw new IOException("No key in: " + answer);
    }
    return key.group(1);
  }

  void pause(int gateway) throws IOException, InterruptedException {
    post("/api/gateways/" + gateway + "/pause", "{\"reason\":\"benchmark\"}");
  }

  void resume(int gateway) throws IOException, InterruptedException {
    post("/api/gateways/" + gateway + "/resume", "{\"reason\":\"benchmark\"}");
  }

  private String post(String path, String json) throws IOException, InterruptedException {
    HttpRequest request =
        HttpRequest.newBuilder(server.resolve(path))
            .header("Authorization", credentials)
            .header("Content-Type", "application/json")
            .POST(BodyPublishers.ofString(json))
            .build();
    HttpResponse<String> response = client.send(request, BodyHandlers.ofString());
    if (response.statusCode() >= 300) {
      throw new IOException(path + " was answered " + response.statusCode() + response.body());
    }
    return response.body();
  }
}
