package org.waybill.bench;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.net.http.HttpTimeoutException;
import java.nio.file.Files;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/**
 * Asks each address of {@code src/bench/screens/addresses.txt} many times over one connection. The
 * time is the client's, from before the request is sent until the last byte of the answer is there:
 * more than the server's own by what the client takes.
 */
final class ScreenTimes {
  private static final String KEY = "wb_screens";
  private static final Duration LONGEST = Duration.ofSeconds(20);
  private static final int SLOW_MILLIS = 200;

  private final ServerUnderTest server;
  private final DatabaseShell shell;
  private final HttpClient client =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

  ScreenTimes(ServerUnderTest server, DatabaseShell shell) {
    this.server = server;
    this.shell = shell;
  }

  /** A line of the list: {@code name | GET or POST | address | body}. */
  private record Question(String name, String method, String address, String body) {
    static Question of(String line) {
      String[] parts = line.split("\\|", -1);
      return new Question(
          parts[0].strip(),
          parts[1].strip(),
          parts[2].strip(),
          parts.length > 3 ? parts[3].strip() : "");
    }
  }

  /**
   * What came of it.
   *
   * @param table of all addresses
   * @param plans the statements behind each, with their plans
   */
  record Measured(String table, String plans) {}

  Measured measure(int times) throws Exception {
    registerKey();
    StringBuilder table =
        new StringBuilder("| screen | median ms | p95 ms | max ms |  |\n|---|---|---|---|---|\n");
    StringBuilder plans = new StringBuilder();
    List<Question> questions = questions();
    for (Question question : questions) { // classes are loaded and pages read once
      long start = System.nanoTime();
      ask(question);
      System.out.printf("%6d ms at first: %s%n", (System.nanoTime() - start) / 1_000_000, question);
    }
    Statements statements = new Statements(shell);
    for (Question question : questions) {
      String line = line(question, times);
      System.out.println(line);
      table.append(line).append('\n');
      plans.append("\n## ").append(question.name()).append(": ").append(question.address());
      plans.append("\n\n").append(statements.behind(() -> ask(question)));
    }
    return new Measured(table.toString(), plans.toString());
  }

  private String line(Question question, int times) throws IOException, InterruptedException {
    double[] millis = new double[times];
    long began = System.nanoTime();
    int asked = 0;
    boolean answered = true;
    // What takes seconds need not be asked thirty times to be known as slow.
    while (asked < times && (asked < 3 || System.nanoTime() - began < 10_000_000_000L)) {
      long start = System.nanoTime();
      answered &= ask(question);
      millis[asked++] = (System.nanoTime() - start) / 1e6;
    }
    double[] sorted = Arrays.copyOf(millis, asked);
    Arrays.sort(sorted);
    double p95 = sorted[(int) Math.min(asked - 1L, Math.round(asked * 0.95))];
    return String.format(
        Locale.ROOT,
        "| %s `%s` | %.0f | %.0f | %.0f | %s |",
        question.name(),
        question.body().isEmpty() ? question.address() : question.address() + " " + question.body(),
        sorted[asked / 2],
        p95,
        sorted[asked - 1],
        answered ? p95 > SLOW_MILLIS ? "SLOW" : "" : "not answered");
  }

  /** Returns whether it was answered, and not told why it cannot be (400). */
  private boolean ask(Question question) throws IOException, InterruptedException {
    URI address = server.url().resolve(question.address());
    HttpRequest.Builder request =
        HttpRequest.newBuilder(address)
            .timeout(LONGEST)
            .header("Authorization", "Bearer " + KEY)
            .header(
                "Accept", question.address().startsWith("/api") ? "application/json" : "text/html");
    if (question.method().equals("POST")) {
      request
          .header("Content-Type", "application/json")
          .POST(BodyPublishers.ofString(question.body()));
    }
    HttpResponse<String> answer;
    try {
      answer = client.send(request.build(), BodyHandlers.ofString());
    } catch (HttpTimeoutException e) {
      return false;
    }
    if (answer.statusCode() != 200 && answer.statusCode() != 400) {
      throw new IOException(address + " was answered " + answer.statusCode() + ".");
    }
    return answer.statusCode() == 200;
  }

  private List<Question> questions() throws IOException, InterruptedException {
    Map<String, String> values = values();
    List<Question> questions = new ArrayList<>();
    for (String line : Files.readAllLines(Filling.STATEMENTS.resolve("addresses.txt"))) {
      if (!line.isBlank() && !line.startsWith("#")) {
        String filled = line;
        for (Map.Entry<String, String> value : values.entrySet()) {
          filled = filled.replace("${" + value.getKey() + "}", value.getValue());
        }
        questions.add(Question.of(filled));
      }
    }
    return questions;
  }

  /** What the addresses name of this very history. */
  private Map<String, String> values() throws IOException, InterruptedException {
    Map<String, String> values = new TreeMap<>();
    long newest = Long.parseLong(shell.value("SELECT MAX(start_epoch) FROM normalized_cdrs"));
    for (int days : new int[] {1, 7, 30, 31, 60}) {
      String ago = Instant.ofEpochSecond(newest - days * 86_400L).toString();
      values.put("ago" + days, ago);
      values.put("day" + days, ago.substring(0, 10));
    }
    values.put("now", Instant.ofEpochSecond(newest).toString());
    values.put(
        "uuid",
        shell.value(
            "SELECT REGEXP_REPLACE(LOWER(HEX(uuid)), '(.{8})(.{4})(.{4})(.{4})(.{12})', '\\\\1-\\\\2-\\\\3-\\\\4-\\\\5') FROM normalized_cdrs ORDER BY start_epoch DESC LIMIT 1"));
    values.put(
        "oldUuid",
        shell.value(
            "SELECT REGEXP_REPLACE(LOWER(HEX(uuid)), '(.{8})(.{4})(.{4})(.{4})(.{12})', '\\\\1-\\\\2-\\\\3-\\\\4-\\\\5') FROM normalized_cdrs ORDER BY start_epoch LIMIT 1"));
    values.put(
        "number",
        shell
            .value(
                "SELECT calling_number FROM normalized_cdrs WHERE calling_number > '+4931' ORDER BY calling_number LIMIT 1")
            .replace("+", "%2B"));
    values.put("failedTask", shell.value("SELECT MAX(id) FROM tasks WHERE done = 'error'"));
    values.put("oldTask", shell.value("SELECT MIN(id) FROM tasks WHERE done = 'y'"));
    values.put(
        "group", shell.value("SELECT fingerprint FROM error_groups ORDER BY failed DESC LIMIT 1"));
    values.put("cause", shell.value("SELECT cause FROM rejected_cdrs LIMIT 1"));
    return values;
  }

  private void registerKey() throws IOException, InterruptedException, NoSuchAlgorithmException {
    byte[] hash = MessageDigest.getInstance("SHA-256").digest(KEY.getBytes(US_ASCII));
    shell.run(
        "INSERT INTO api_keys (name, key_hash, roles, created_at) VALUES ('screens', UNHEX('%s'), 'admin', UTC_TIMESTAMP(3)) ON DUPLICATE KEY UPDATE active = TRUE"
            .formatted(HexFormat.of().formatHex(hash)));
    Thread.sleep(2500); // until the server has seen it
  }
}
