package org.waybill.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * {@code java -jar target/waybill.jar} as a process of its own, and a client for it. On the
 * embedded MariaDB, or on the server that the tests run against.
 */
public final class WaybillServer implements AutoCloseable {
  public static final String ADMIN_PASSWORD = "correct horse battery staple";

  /**
   * Without arguments. A server of a test lives for seconds, so that the compiler that takes long
   * would cost most of its start and gain nothing.
   */
  public static final List<String> COMMAND =
      List.of(
          Path.of(System.getProperty("java.home"), "bin/java").toString(),
          "-Xmx512m",
          "-XX:TieredStopAtLevel=1",
          "-XX:+UseSerialGC",
          "-jar",
          Path.of("target/waybill.jar").toString());

  private static final String READY = "Waybill ready: ";
  private static final Duration PATIENCE = Duration.ofMinutes(4);
  private static @Nullable WaybillServer shared;

  private final Path directory;
  private final Map<String, String> settings = new HashMap<>();
  private final List<String> command = new ArrayList<>(COMMAND);
  private final HttpClient client =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
  private @Nullable Process process;
  private @Nullable TestDatabase database;
  private String address = "";

  private WaybillServer(Path directory) {
    this.directory = directory.toAbsolutePath();
    settings.put("WAYBILL_DATA_DIR", this.directory.resolve("data").toString());
    settings.put("WAYBILL_HTTP_PORT", "0");
    settings.put("WAYBILL_ADMIN_PASSWORD", ADMIN_PASSWORD);
  }

  /** Not started; its files are under target/it and empty. */
  public static WaybillServer named(String name) {
    Path directory = Path.of("target/it", name);
    Directories.delete(directory);
    WaybillServer server = new WaybillServer(directory);
    return TestDatabase.isEmbedded() ? server : server.on(TestDatabase.fresh());
  }

  /** One for all tests that need nothing special: started once, ended with the JVM. */
  public static synchronized WaybillServer shared() {
    if (shared == null) {
      WaybillServer server = named("shared-" + ProcessHandle.current().pid()).start();
      Runtime.getRuntime().addShutdownHook(new Thread(server::close));
      shared = server;
    }
    return shared;
  }

  public WaybillServer with(String setting, String value) {
    settings.put(setting, value);
    return this;
  }

  /** Uses that database, which others may use too. */
  public WaybillServer on(TestDatabase external) {
    database = external;
    return with("WAYBILL_DB_URL", external.url())
        .with("WAYBILL_DB_USER", external.user())
        .with("WAYBILL_DB_PASSWORD", external.password());
  }

  /** Reaches its database by way of the relay, and the test still reaches it directly. */
  public WaybillServer on(TestDatabase external, Relay relay) {
    return on(external).with("WAYBILL_DB_URL", relay.url());
  }

  /** Leads a group of processes, as what a shell starts does; needs the program setsid. */
  public WaybillServer inGroupOfItsOwn() {
    command.add(0, "setsid");
    return this;
  }

  /** Starts it and returns when it says that it is ready. */
  public WaybillServer start() {
    Process started = launch();
    long end = System.nanoTime() + PATIENCE.toNanos();
    while (System.nanoTime() < end && started.isAlive()) {
      if (output().contains(READY) && output().endsWith("\n")) {
        address = output().substring(output().indexOf(READY) + READY.length()).strip();
        return this;
      }
      pause();
    }
    started.destroyForcibly();
    throw new IllegalStateException("Waybill did not start:\n" + output() + errors());
  }

  public Path data() {
    return directory.resolve("data");
  }

  public String output() {
    return read("out.txt");
  }

  public String errors() {
    return read("err.txt");
  }

  public URI uri(String path) {
    return URI.create(address + path);
  }

  public HttpResponse<String> get(String path) {
    return send(request(path).GET());
  }

  public HttpResponse<String> post(String path, String type, String body) {
    return send(
        request(path).header("Content-Type", type).POST(HttpRequest.BodyPublishers.ofString(body)));
  }

  /**
   * As a switch sends: again, for as long as it is asked to. Answers 200 if an attempt before was
   * stored, though too late to be told so.
   */
  public HttpResponse<String> postCdr(String document) {
    HttpResponse<String> answer = post("/api/cdrs", "application/xml", document);
    for (int i = 0; i < 600 && answer.statusCode() == 503; i++) {
      pause();
      answer = post("/api/cdrs", "application/xml", document);
    }
    return answer;
  }

  /** Returns when a stopping server answers no more, or only to send away. */
  public void awaitRefusal() {
    long end = System.nanoTime() + PATIENCE.toNanos();
    while (System.nanoTime() < end) {
      try {
        if (get("/health/live").statusCode() == 503) {
          return;
        }
      } catch (UncheckedIOException e) {
        return;
      }
      pause();
    }
    throw new IllegalStateException("The server does not stop.");
  }

  /** As user admin; for a request of another kind use {@link #uri}. */
  public HttpRequest.Builder request(String path) {
    String credentials = "admin:" + ADMIN_PASSWORD;
    return HttpRequest.newBuilder(uri(path))
        .timeout(Duration.ofMinutes(2))
        .header(
            "Authorization",
            "Basic "
                + Base64.getEncoder().encodeToString(credentials.getBytes(StandardCharsets.UTF_8)));
  }

  public HttpResponse<String> send(HttpRequest.Builder request) {
    try {
      return client.send(request.build(), HttpResponse.BodyHandlers.ofString());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  /** Its own database, as an operator with a SQL client sees it. */
  public TestDatabase database() {
    if (database != null) {
      return database;
    }
    return TestDatabase.at(
        "jdbc:mysql://127.0.0.1:" + databasePort() + "/waybill",
        "waybill",
        read("data/database-password").strip());
  }

  /** Asks it to stop and returns the exit status. */
  public int stop() {
    Process running = running();
    running.destroy();
    return await(running);
  }

  /** Asks its whole group of processes to stop, as Ctrl-C does, and returns its exit status. */
  public int stopGroup() {
    Process running = running();
    try {
      new ProcessBuilder("kill", "-TERM", "--", "-" + running.pid()).start();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return await(running);
  }

  /** SIGKILL for the server and for its embedded database: the machine lost its power. */
  public void kill() {
    Process running = running();
    running.destroyForcibly();
    databaseProcess().ifPresent(ProcessHandle::destroyForcibly);
    await(running);
    databaseProcess().ifPresent(handle -> handle.onExit().join());
  }

  /** SIGKILL for the server alone, which leaves its database behind. */
  public void killServerOnly() {
    Process running = running();
    running.destroyForcibly();
    await(running);
  }

  /** The embedded database's process. */
  public Optional<ProcessHandle> databaseProcess() {
    String pid = read("data/mariadbd.pid").strip();
    return pid.isEmpty()
        ? Optional.empty()
        : ProcessHandle.of(Long.parseLong(pid)).filter(ProcessHandle::isAlive);
  }

  @Override
  public void close() {
    if (process != null && process.isAlive()) {
      process.destroy();
      await(process);
    }
  }

  private Process launch() {
    try {
      Files.createDirectories(directory);
      ProcessBuilder builder = new ProcessBuilder(command);
      builder.environment().keySet().removeIf(name -> name.startsWith("WAYBILL_"));
      builder.environment().putAll(settings);
      builder.redirectOutput(directory.resolve("out.txt").toFile());
      builder.redirectError(
          ProcessBuilder.Redirect.appendTo(directory.resolve("err.txt").toFile()));
      Process started = builder.start();
      process = started;
      return started;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private Process running() {
    if (process == null) {
      throw new IllegalStateException("Not started.");
    }
    return process;
  }

  private static int await(Process process) {
    try {
      if (!process.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS)) {
        process.destroyForcibly();
        throw new IllegalStateException("The server did not end.");
      }
      return process.exitValue();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  private String databasePort() {
    ProcessHandle handle = databaseProcess().orElseThrow();
    String[] arguments = handle.info().arguments().orElseThrow();
    return List.of(arguments).stream()
        .filter(argument -> argument.startsWith("--port="))
        .map(argument -> argument.substring("--port=".length()))
        .findFirst()
        .orElseThrow();
  }

  private String read(String name) {
    Path file = directory.resolve(name);
    try {
      return Files.exists(file) ? Files.readString(file) : "";
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void pause() {
    try {
      Thread.sleep(50);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
