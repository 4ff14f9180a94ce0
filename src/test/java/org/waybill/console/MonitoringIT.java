package org.waybill.console;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.json.Json;
import jakarta.json.JsonArray;
import jakarta.json.JsonObject;
import jakarta.json.JsonReader;
import jakarta.json.JsonString;
import jakarta.json.JsonValue;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.waybill.testing.Client;
import org.waybill.testing.WaybillServer;

/**
 * The dashboard and the alert rules of {@code docs}, against what a server with every kind of
 * source says.
 */
@Tag("any-database")
class MonitoringIT {
  private static final Path DASHBOARD = Path.of("docs/grafana/waybill.json");

  private static final int TRIES = 120;
  private static final int PAUSE_MILLIS = 500;

  /** What Prometheus knows by itself. */
  private static final Set<String> OF_PROMETHEUS = Set.of("up", "ALERTS");

  private static final Set<String> LABELS_OF_PROMETHEUS =
      Set.of("instance", "job", "alertname", "alertstate");
  private static final Pattern SAMPLE =
      Pattern.compile("(?m)^([a-zA-Z_:][\\w:]*)(?:\\{(.*)})? [-+.\\w]+$");
  private static final Pattern LABEL = Pattern.compile("(\\w+)=\"((?:[^\"\\\\]|\\\\.)*)\"");

  private static WaybillServer server;
  private static Client admin;

  @BeforeAll
  static void start() throws IOException {
    Path spool = Files.createDirectories(Path.of("target/it/monitoring-spool")).toAbsolutePath();
    server =
        WaybillServer.named("monitoring")
            .with("WAYBILL_SPOOL_DIR", spool.toString())
            .with("WAYBILL_SMDR_PORT", "0")
            .with("WAYBILL_SMDR_ORG", "1")
            .with("WAYBILL_AMQP_URL", "amqp://127.0.0.1:9/")
            .with("WAYBILL_FEED_URL", "http://127.0.0.1:9")
            .with("WAYBILL_FEED_ORG", "1")
            .with("WAYBILL_STORAGE_GATEWAYS", "http://127.0.0.1:9/in")
            .start();
    admin = Client.nobody(server.uri("/")).user("admin", WaybillServer.ADMIN_PASSWORD);
    admin.post("/api/organizations", "{\"id\":1001,\"name\":\"Harbour Hotels\"}");
    String document =
        """
        <cdr switchname="pbx-1"><variables><uuid>%s</uuid><start_epoch>%d</start_epoch>\
        <rmOrgID>1001</rmOrgID></variables></cdr>
        """
            .formatted(UUID.randomUUID(), Instant.now().getEpochSecond());
    assertThat(admin.send("POST", "/api/collect/freeswitch", "text/xml", document).status())
        .isEqualTo(200);
  }

  @AfterAll
  static void stop() {
    if (server != null) {
      server.close();
    }
  }

  @Test
  void asksForNothingThatAServerDoesNotTell() throws IOException, InterruptedException {
    Map<String, String> expressions = new HashMap<>();
    AlertRules.all().forEach(rule -> expressions.put(rule.name(), rule.expression()));
    dashboard().forEach(one -> expressions.put(one, one));
    assertThat(expressions).hasSizeGreaterThan(60);
    // Some figures come with the first documents, and some seconds after these.
    List<String> faults = faults(expressions);
    for (int tries = 0; tries < TRIES && !faults.isEmpty(); tries++) {
      Thread.sleep(PAUSE_MILLIS);
      faults = faults(expressions);
    }
    assertThat(faults).isEmpty();
  }

  private static List<String> faults(Map<String, String> expressions) {
    Map<String, List<Map<String, String>>> told = told();
    List<String> faults = new ArrayList<>();
    expressions.forEach(
        (name, expression) -> {
          PromQuery query = PromQuery.of(expression);
          Set<String> labels = new TreeSet<>(LABELS_OF_PROMETHEUS);
          for (PromQuery.Selector selector : query.selectors()) {
            List<Map<String, String>> samples = told.getOrDefault(selector.metric(), List.of());
            samples.forEach(sample -> labels.addAll(sample.keySet()));
            if (!OF_PROMETHEUS.contains(selector.metric())
                && samples.stream().noneMatch(sample -> matches(selector, sample))) {
              faults.add(name + ": nobody tells " + selector);
            }
          }
          query.labels().stream()
              .filter(label -> !labels.contains(label))
              .forEach(label -> faults.add(name + ": nothing has a label " + label));
        });
    return faults;
  }

  private static boolean matches(PromQuery.Selector selector, Map<String, String> sample) {
    return selector.matchers().entrySet().stream()
        .filter(wanted -> !LABELS_OF_PROMETHEUS.contains(wanted.getKey()))
        .allMatch(
            wanted ->
                sample.containsKey(wanted.getKey())
                    && sample.get(wanted.getKey()).matches(wanted.getValue()));
  }

  private static Map<String, List<Map<String, String>>> told() {
    Map<String, List<Map<String, String>>> told = new HashMap<>();
    Matcher sample = SAMPLE.matcher(admin.get("/metrics").text());
    while (sample.find()) {
      Map<String, String> labels = new HashMap<>();
      Matcher label = LABEL.matcher(sample.group(2) == null ? "" : sample.group(2));
      while (label.find()) {
        labels.put(label.group(1), label.group(2));
      }
      told.computeIfAbsent(sample.group(1), metric -> new ArrayList<>()).add(labels);
    }
    return told;
  }

  private static List<String> dashboard() throws IOException {
    List<String> expressions = new ArrayList<>();
    try (JsonReader reader = Json.createReader(Files.newBufferedReader(DASHBOARD))) {
      collect(reader.readObject(), expressions);
    }
    return expressions;
  }

  private static void collect(JsonValue value, List<String> expressions) {
    if (value instanceof JsonArray array) {
      array.forEach(one -> collect(one, expressions));
    } else if (value instanceof JsonObject object) {
      object.forEach(
          (name, one) -> {
            if (name.equals("expr") && one instanceof JsonString text) {
              expressions.add(text.getString());
            }
            collect(one, expressions);
          });
    }
  }
}
