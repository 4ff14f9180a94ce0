import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.io.PrintStream;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.Base64;
import java.util.Map;
import java.util.Properties;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.TimeUnit;

/**
 * What {@code mvn -Pdemo} shows: Waybill from its jar, two small gateways that take what it
 * delivers, and a switch that sends a CDR a second. Runs as source files, so that it needs nothing
 * but the jar; Ctrl-C ends all of it.
 */
public final class Demo {
  private static final int ORGANIZATION = 1001;
  private static final PrintStream OUT = System.out;
  private static final String JAVA =
      Path.of(System.getProperty("java.home"), "bin", "java").toString();
  private static volatile boolean ending;

  private final Path data;
  private final Path jar;
  private final Path gateway;
  private final Random random = new Random();
  private final HttpClient http =
      HttpClient.newBuilder()
          .version(HttpClient.Version.HTTP_1_1)
          .connectTimeout(Duration.ofSeconds(2))
          .build();
  private int stored;
  private String lastAnswer = "";

  private Demo(Path jar, Path data, Path gateway) {
    this.jar = jar;
    this.data = data;
    this.gateway = gateway;
  }

  /** Arguments: the jar, the directory in which the demo keeps its data, the gateway's source. */
  public static void main(String[] arguments) throws InterruptedException {
    try {
      Path data = Path.of(arguments[1]).toAbsolutePath();
      new Demo(Path.of(arguments[0]), data, Path.of(arguments[2])).run();
    } catch (IOException e) {
      if (!ending) {
        System.err.println(e.getMessage());
        System.exit(1);
      }
    }
  }

  private void run() throws IOException, InterruptedException {
    Files.createDirectories(data);
    Gateway storage = Gateway.start(gateway, "storage", port("storage", 18081));
    Gateway analytics = Gateway.start(gateway, "analytics", port("analytics", 18082));
    Server server = Server.start(jar, data, port("http", 8080), storage, analytics);
    String password = Files.readString(data.resolve("admin-password")).strip();
    createOrganization(server.url(), password);
    explain(server.url(), storage, analytics);
    trickle(server, password, storage, analytics);
  }

  /**
   * The port of the last run, whose address the database remembers, else the usual one, else a free
   * one.
   */
  private int port(String name, int usual) throws IOException {
    Path file = data.resolve("demo.properties");
    Properties ports = new Properties();
    if (Files.exists(file)) {
      try (InputStream in = Files.newInputStream(file)) {
        ports.load(in);
      }
    }
    String known = ports.getProperty(name);
    int port = known != null ? Integer.parseInt(known) : isFree(usual) ? usual : freePort();
    if (!isFree(port)) {
      throw new IOException(
          "Port " + port + " of the last demo is taken: free it, or delete " + data + ".");
    }
    ports.setProperty(name, Integer.toString(port));
    try (OutputStream out = Files.newOutputStream(file)) {
      ports.store(out, "Ports of the demo; the database remembers the gateways by them.");
    }
    return port;
  }

  private static boolean isFree(int port) {
    try (ServerSocket any = new ServerSocket(port)) {
      return any.isBound();
    } catch (IOException e) {
      return false;
    }
  }

  private static int freePort() throws IOException {
    try (ServerSocket any = new ServerSocket(0)) {
      return any.getLocalPort();
    }
  }

  private void createOrganization(String url, String password)
      throws IOException, InterruptedException {
    String body = "{\"id\":" + ORGANIZATION + ",\"name\":\"Sample organization\"}";
    HttpResponse<String> answer =
        send(url + "/api/organizations", "application/json", body, password);
    if (answer.statusCode() / 100 != 2 && answer.statusCode() != 409) {
      throw new IOException(
          "The sample organization could not be created: "
              + answer.statusCode()
              + " "
              + answer.body());
    }
  }

  private void explain(String url, Gateway storage, Gateway analytics) {
    Path passwordFile = data.resolve("admin-password");
    String curl = "  curl -u \"admin:$(cat " + passwordFile + ")\" ";
    OUT.println();
    OUT.println("Waybill runs, and a sample switch sends it one CDR a second.");
    OUT.println();
    OUT.println("Open");
    OUT.println("  " + url + "/    the operators' console (user and password as below)");
    OUT.println("  " + storage.url() + "    what the storage gateway has received");
    OUT.println("  " + analytics.url() + "    what the analytics gateway has received");
    OUT.println();
    OUT.println("Ask (user admin, password in " + passwordFile + ")");
    OUT.println(curl + "'" + url + "/api/cdrs?limit=3'");
    OUT.println(curl + "'" + url + "/api/tasks?state=pending'");
    OUT.println(curl + "'" + url + "/api/gateways'");
    OUT.println(curl + "'" + url + "/metrics'");
    OUT.println();
    OUT.println("Try: break the storage gateway, watch its tasks wait, mend it, watch them arrive");
    OUT.println("  curl -X POST " + storage.url() + "break");
    OUT.println("  curl -X POST " + storage.url() + "mend");
    OUT.println();
    OUT.println("Ctrl-C ends everything; the data stays in " + data + " for the next time.");
    OUT.println();
  }

  private void trickle(Server server, String password, Gateway storage, Gateway analytics)
      throws InterruptedException {
    String cdr = sample();
    for (int sent = 1; server.isAlive() && !ending; sent++) {
      if (isStored(server, password, cdr)) {
        stored++;
        cdr = sample();
      }
      if (sent == 5 || sent % 15 == 0) {
        report(sent, storage, analytics);
      }
      TimeUnit.SECONDS.sleep(1);
    }
    if (!ending) {
      OUT.println("Waybill has ended; see " + data.resolve("waybill.log") + ".");
    }
  }

  /** As a good switch does: what is not acknowledged is sent again, and 200 means a repeat. */
  private boolean isStored(Server server, String password, String cdr) throws InterruptedException {
    String was = lastAnswer;
    boolean stored = false;
    try {
      HttpResponse<String> answer =
          send(server.url() + "/api/cdrs", "application/xml", cdr, password);
      stored = answer.statusCode() / 100 == 2;
      lastAnswer = stored ? "" : answer.statusCode() + " " + answer.body();
    } catch (IOException e) {
      lastAnswer = e.toString();
    }
    if (!stored && !ending && !lastAnswer.equals(was)) {
      OUT.println("Not acknowledged, so sent again in a second: " + lastAnswer);
    }
    return stored;
  }

  private void report(int sent, Gateway storage, Gateway analytics) throws InterruptedException {
    LocalTime now = LocalTime.now(ZoneOffset.UTC).truncatedTo(ChronoUnit.SECONDS);
    OUT.printf(
        "%s UTC: %d requests sent, %d CDRs stored; storage has %s, analytics has %s%n",
        now, sent, stored, count(storage), count(analytics));
  }

  private String count(Gateway gateway) throws InterruptedException {
    try {
      HttpRequest request = HttpRequest.newBuilder(URI.create(gateway.url() + "count")).build();
      return http.send(request, HttpResponse.BodyHandlers.ofString()).body();
    } catch (IOException e) {
      return "ended";
    }
  }

  private HttpResponse<String> send(String url, String type, String body, String password)
      throws IOException, InterruptedException {
    byte[] credentials = ("admin:" + password).getBytes(StandardCharsets.UTF_8);
    HttpRequest request =
        HttpRequest.newBuilder(URI.create(url))
            .timeout(Duration.ofSeconds(10))
            .header("Content-Type", type)
            .header("Authorization", "Basic " + Base64.getEncoder().encodeToString(credentials))
            .POST(HttpRequest.BodyPublishers.ofString(body))
            .build();
    return http.send(request, HttpResponse.BodyHandlers.ofString());
  }

  /** A call that has just ended. */
  private String sample() {
    Instant start = Instant.now().minusSeconds(random.nextInt(600));
    boolean answered = random.nextInt(4) > 0;
    int storageItems = 1 + random.nextInt(2);
    return """
        <?xml version="1.0" encoding="UTF-8"?>
        <cdr>
          <data>
            <uuid>%s</uuid>
            <StartEpoch>%d</StartEpoch>
            <TableSuffix>%s</TableSuffix>
            <rmOrgID>%d</rmOrgID>
            <variables>
              <caller_id_number>+1555123%04d</caller_id_number>
              <destination_number>+1555987%04d</destination_number>
              <call_direction>%s</call_direction>
              <billsec>%d</billsec>
              <hangup_cause>%s</hangup_cause>
            </variables>
          </data>
          <tasks>
            <task type="CDRToSGAPI" priority="%s">
              <rmDispStoreItems>%d</rmDispStoreItems>
              <rmAnalyticsItems>%d</rmAnalyticsItems>
            </task>
          </tasks>
        </cdr>
        """
        .formatted(
            UUID.randomUUID(),
            start.getEpochSecond(),
            DateTimeFormatter.ofPattern("uuuuMMdd").withZone(ZoneOffset.UTC).format(start),
            ORGANIZATION,
            random.nextInt(10_000),
            random.nextInt(10_000),
            oneOf("inbound", "outbound"),
            answered ? 1 + random.nextInt(600) : 0,
            answered ? "NORMAL_CLEARING" : oneOf("USER_BUSY", "NO_ANSWER"),
            oneOf("low", "medium", "high"),
            storageItems,
            random.nextInt(2));
  }

  private String oneOf(String... words) {
    return words[random.nextInt(words.length)];
  }

  /** Waybill as a process of its own. Its log goes to a file, its ready line is waited for. */
  private record Server(Process process, String url) {
    private static final String READY = "Waybill ready: ";

    static Server start(Path jar, Path data, int port, Gateway storage, Gateway analytics)
        throws IOException {
      OUT.println("Starting Waybill; the first start takes a little longer.");
      ProcessBuilder builder = new ProcessBuilder(JAVA, "-jar", jar.toString());
      builder.environment().keySet().removeIf(name -> name.startsWith("WAYBILL_"));
      builder
          .environment()
          .putAll(
              Map.of(
                  "WAYBILL_HTTP_PORT",
                  Integer.toString(port),
                  "WAYBILL_DATA_DIR",
                  data.toString(),
                  "WAYBILL_STORAGE_GATEWAYS",
                  storage.url() + "cdrs",
                  "WAYBILL_ANALYTICS_GATEWAYS",
                  analytics.url() + "cdrs"));
      Path log = data.resolve("waybill.log");
      Process process =
          builder.redirectError(ProcessBuilder.Redirect.appendTo(log.toFile())).start();
      Runtime.getRuntime().addShutdownHook(new Thread(() -> end(process)));
      return new Server(process, ready(process, log));
    }

    boolean isAlive() {
      return process.isAlive();
    }

    private static String ready(Process process, Path log) throws IOException {
      BufferedReader lines =
          new BufferedReader(
              new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        if (line.startsWith(READY)) {
          OUT.println(line);
          Thread drain = new Thread(() -> lines.lines().forEach(rest -> {}));
          drain.setDaemon(true);
          drain.start();
          return line.substring(READY.length()).strip();
        }
      }
      throw new IOException("Waybill did not start:\n" + tail(log));
    }

    private static String tail(Path log) throws IOException {
      String text = Files.readString(log);
      return text.substring(Math.max(0, text.length() - 2000));
    }

    private static void end(Process process) {
      ending = true;
      OUT.println("Ending Waybill.");
      // Of the process itself, so that its output can still be read to the end.
      process.toHandle().destroy();
      try {
        if (!process.waitFor(40, TimeUnit.SECONDS)) {
          process.destroyForcibly();
        }
      } catch (InterruptedException e) {
        process.destroyForcibly();
      }
    }
  }

  /** {@link SampleGateway} as a process of its own, which ends with this one. */
  private record Gateway(String url) {
    static Gateway start(Path source, String name, int port) throws IOException {
      Process process =
          new ProcessBuilder(JAVA, source.toString(), name, Integer.toString(port))
              .redirectError(ProcessBuilder.Redirect.INHERIT)
              .start();
      Runtime.getRuntime().addShutdownHook(new Thread(process::destroy));
      if (process.inputReader().readLine() == null) {
        throw new IOException("The sample gateway " + name + " did not start.");
      }
      return new Gateway("http://localhost:" + port + "/");
    }
  }
}
